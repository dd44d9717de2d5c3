/** Draws with Observable Plot without a browser: linkedom lends it the few elements that an SVG needs. */
import { plot } from '@observablehq/plot';
import type { PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Markup, markup } from '../markup.ts';

/** Colours are variables of the page's style, so that one drawing serves light and dark. */
export const ink = (name: string): string => `var(--${name})`;

/**
 * A picture with its name for those who can't see it.
 * @param said what it shows, in a sentence
 */
export function picture(said: string, options: PlotOptions): Markup {
  return markup`<div class="picture" tabindex="0" role="group" aria-label="${said}">${drawn(options, said)}</div>`;
}

/** @param said empty for one that only repeats what stands beside it */
export function drawn(options: PlotOptions, said = ''): Markup {
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    document: never;
  };
  const svg = plot({ ...options, document, className: 'plot', color: { type: 'identity' } }) as Drawn;
  // Plot's own style would need a hole in the page's policy; assets.ts has what is needed of it.
  svg.querySelector('style')?.remove();
  // Plot labels groups that have no role, which ARIA forbids; the picture has a name of its own.
  for (const group of svg.querySelectorAll('g[aria-label]')) group.removeAttribute('aria-label');
  if (said === '') svg.setAttribute('aria-hidden', 'true');
  else {
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', said);
  }
  return new Markup(svg.outerHTML);
}

/** What is used of an element; the project has no DOM types, because it has no DOM. */
interface Drawn {
  readonly outerHTML: string;
  querySelector(selector: string): { remove(): void } | null;
  querySelectorAll(selector: string): Iterable<{ removeAttribute(name: string): void }>;
  setAttribute(name: string, value: string): void;
}
