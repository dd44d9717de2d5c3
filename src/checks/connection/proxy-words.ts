/** Words on the page of a proxy, web filter or captive portal, as against that of a web application. */
const PROXY_WORDS =
  /\bproxy\b|zscaler|squid|blue ?coat|forcepoint|fortigate|fortinet|web ?filter|firewall|access (?:to this (?:site|page) )?(?:is |has been )?(?:blocked|denied by)|captive|netskope|palo alto|internet usage policy|network (?:login|sign-?in)|the requested url could not be retrieved|content categori[sz]ation|(?:system|content|web|access) policy has denied|web ?sense|web gateway|ironport|cisco umbrella|opendns|\biboss\b|sophos|url category|organi[sz]ation['’]s access policies/i;

/** What such a server calls itself. */
const PROXY_SERVER =
  /^\s*(?:squid|zscaler|blue ?coat|mcafee web gateway|mwg\b|fortigate|fortiproxy|websense|ironport|cisco[- ]?(?:wsa|umbrella)|sophos|netskope|iboss|skyhigh|proxysg)/i;

/** Headers that only a proxy of the client's side sends (RFC 9110 §11.7.1). */
export function sentByProxy(headers: { readonly [name: string]: string }): boolean {
  return (
    headers['proxy-authenticate'] !== undefined ||
    headers['x-squid-error'] !== undefined ||
    PROXY_SERVER.test(headers['server'] ?? '')
  );
}

/** Whether a page for people speaks of something that stands between here and the server. */
export function speaksOfProxy(html: string): boolean {
  return PROXY_WORDS.test(html.slice(0, 20_000));
}
