import { useEffect } from 'react';

/** The browser's tab, and what a screen reader says first. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Recourse`;
  }, [title]);
}
