/** Stands in the bundle for got's http2-wrapper, which opens a TLS socket when it is loaded. HTTP/1.1 is enough here. */
function refuse(): never {
  throw new Error('HTTP/2 is not part of this program');
}

export default { auto: refuse, request: refuse, get: refuse };
