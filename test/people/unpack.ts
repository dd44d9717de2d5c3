/** Unpacks the browser once, before the tests: two that do it at a time find the file of the other being written. */
import chromium from '@sparticuz/chromium';

export default async function unpack(): Promise<void> {
  await chromium.executablePath();
}
