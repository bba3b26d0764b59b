import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import en from './en.json';

/** The English file is the list of messages that there are; another language that lacks one falls back to it. */
export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;
export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];

const STORED = 'recourse-language';

export const preferredLanguage = (): Language => {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
};

export async function messagesOf(language: Language): Promise<Messages> {
  if (language === 'en') return en;
  return { ...en, ...(await import('./zh.json')).default };
}

/** `{name}` in a message is replaced by the parameter of that name. */
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: Params) => string;

interface LanguageContext {
  readonly language: Language;
  /** BCP 47, for dates and numbers. */
  readonly locale: string;
  readonly t: Translate;
  choose(language: Language): Promise<void>;
}

const Context = createContext<LanguageContext | undefined>(undefined);

export function LanguageProvider({
  initial,
  children,
}: {
  readonly initial: { readonly language: Language; readonly messages: Messages };
  readonly children: ReactNode;
}) {
  const [{ language, messages }, show] = useState(initial);
  const choose = useCallback(async (chosen: Language) => {
    const loaded = await messagesOf(chosen);
    localStorage.setItem(STORED, chosen);
    document.documentElement.lang = chosen;
    show({ language: chosen, messages: loaded });
  }, []);
  const value = useMemo(
    () => ({
      language,
      locale: language === 'zh' ? 'zh-CN' : 'en-GB',
      t: (key: MessageKey, params?: Params) => filled(messages[key], params),
      choose,
    }),
    [language, messages, choose],
  );
  return <Context value={value}>{children}</Context>;
}

export function useLanguage(): LanguageContext {
  const value = use(Context);
  if (value === undefined) throw new Error('a LanguageProvider is missing');
  return value;
}

export const useMessages = (): Translate => useLanguage().t;

/** The message for a count: `<key>.one` or `<key>.other`, as the language's plural rules say. */
export function usePlural(): (key: string, count: number, params?: Params) => string {
  const { t, locale } = useLanguage();
  return (key, count, params) =>
    t(`${key}.${new Intl.PluralRules(locale).select(count) === 'one' ? 'one' : 'other'}` as MessageKey, {
      count,
      ...params,
    });
}

/** The word for a code of the rule book (`PARTIAL_REFUND`); a code that has none is shown in plain letters. */
export function useWord(): (code: string) => string {
  const { t } = useLanguage();
  return (code) => {
    const key = `word.${code}`;
    return key in en ? t(key as MessageKey) : code.toLowerCase().replaceAll('_', ' ');
  };
}

const filled = (message: string, params: Params = {}): string =>
  message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
