import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';

export interface Shortcut {
  /** Keys as in `KeyboardEvent.key`; two with a blank between are pressed one after the other. */
  readonly keys: string;
  readonly does: string;
  readonly act?: () => void;
  /** An address, instead of `act`. */
  readonly go?: string;
}

export interface Group {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

interface ShortcutsContext {
  readonly groups: React.RefObject<Map<string, Group>>;
  readonly help: { readonly opened: boolean; open(): void; close(): void };
}

const Context = createContext<ShortcutsContext | undefined>(undefined);
const SEQUENCE_MS = 1_200;

/** One listener for all shortcuts. Whoever types into a field, or has a dialog open, is left alone. */
export function ShortcutsProvider({ children }: { readonly children: ReactNode }) {
  const groups = useRef(new Map<string, Group>());
  const [opened, show] = useState(false);
  const navigate = useNavigate();
  const help = useMemo(() => ({ opened, open: () => show(true), close: () => show(false) }), [opened]);
  useEffect(() => {
    let before = { key: '', at: 0 };
    const listener = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      if (event.key === '?') {
        event.preventDefault();
        return show(true);
      }
      const sequence = event.timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${event.key}` : event.key;
      before = { key: event.key, at: event.timeStamp };
      const shortcut = find(groups.current, sequence) ?? find(groups.current, event.key);
      if (shortcut === undefined) return undefined;
      event.preventDefault();
      shortcut.act?.();
      if (shortcut.go !== undefined) void navigate(shortcut.go);
      return undefined;
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [navigate]);
  const value = useMemo(() => ({ groups, help }), [help]);
  return <Context value={value}>{children}</Context>;
}

const find = (groups: ReadonlyMap<string, Group>, keys: string): Shortcut | undefined =>
  [...groups.values()].flatMap(({ shortcuts }) => shortcuts).findLast((shortcut) => shortcut.keys === keys);

function isTyping({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const fields =
    'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=slider], [role=dialog], [role=menu], [role=listbox]';
  return target.closest(fields) !== null;
}

function useContextOrThrow(): ShortcutsContext {
  const value = use(Context);
  if (value === undefined) throw new Error('a ShortcutsProvider is missing');
  return value;
}

/** The shortcuts hold while the component is there, and the help lists them. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const { groups } = useContextOrThrow();
  useEffect(() => {
    const { current } = groups;
    current.set(title, { title, shortcuts });
    return () => {
      if (current.get(title)?.shortcuts === shortcuts) current.delete(title);
    };
  });
}

export const useHelp = () => useContextOrThrow().help;

/** What can be pressed where one is. */
export function useShortcutGroups(): () => readonly Group[] {
  const { groups } = useContextOrThrow();
  return useCallback(() => [...groups.current.values()], [groups]);
}
