import { ActionIcon, Button, useMantineColorScheme } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useLanguage } from '../messages/language.js';
import styles from './shell.module.css';

/** Light or dark, English or Chinese. */
export function Preferences() {
  const { t, language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const system = useColorScheme();
  const shown = colorScheme === 'auto' ? system : colorScheme;
  return (
    <div className={styles.preferences}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconLanguage size="1.1em" aria-hidden />}
        lang={language === 'en' ? 'zh' : 'en'}
        onClick={() => void choose(language === 'en' ? 'zh' : 'en')}
      >
        {language === 'en' ? '中文' : 'English'}
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t(shown === 'dark' ? 'scheme.light' : 'scheme.dark')}
        onClick={() => setColorScheme(shown === 'dark' ? 'light' : 'dark')}
      >
        {shown === 'dark' ? <IconSun size="1.1rem" aria-hidden /> : <IconMoon size="1.1rem" aria-hidden />}
      </ActionIcon>
    </div>
  );
}
