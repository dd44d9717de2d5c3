/** What axe-core finds in a page, in words. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/**
 * Runs axe in a world of its own, past the page's policy, which lets no script in.
 * @returns a line for each violation: rule, what it means, the first element
 */
export async function violations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
    worldName: 'axe',
  });
  await session.send('Runtime.evaluate', { expression: axe.source, contextId });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
      .then(({ violations, passes }) => JSON.stringify({ passes: passes.length, violations: violations.map((v) =>
        v.id + ': ' + v.help + ' (' + v.nodes.length + '): ' + v.nodes[0].html.slice(0, 160) + ' ' + (v.nodes[0].any[0]?.message ?? '')) }))`,
    contextId,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.text);
  const found = JSON.parse(String(result.value)) as { passes: number; violations: string[] };
  if (found.passes === 0) throw new Error('axe looked at nothing');
  await session.detach();
  return found.violations;
}
