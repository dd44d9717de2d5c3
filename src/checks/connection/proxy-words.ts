/** Words on the page of a proxy, web filter or captive portal, as against that of a web application. */
const PROXY_WORDS =
  /\bproxy\b|zscaler|squid|blue ?coat|forcepoint|fortigate|fortinet|web ?filter|firewall|access (?:to this (?:site|page) )?(?:is |has been )?(?:blocked|denied by)|captive|netskope|palo alto|internet usage policy|network (?:login|sign-?in)/i;

/** Whether a page for people speaks of something that stands between here and the server. */
export function speaksOfProxy(html: string): boolean {
  return PROXY_WORDS.test(html.slice(0, 20_000));
}
