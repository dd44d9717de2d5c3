/** What a paste shows of the scopes that were asked for, and of those that came back. */
import { bodyText } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

/** A server that does not like the scope, in its own words or in those of the person. */
const REFUSED =
  /invalid_?s?cope|(?:invalid|bad|malformed|unknown) scopes?|scopes? (?:[\w()]+ ){0,2}(?:is|are) (?:\w+ ){0,2}(?:invalid|malformed|unknown)|scopes? (?:error|problem)|complains? about (?:the )?scopes?/i;

function scopeRefused(look: Look): boolean {
  return REFUSED.test(look.answers) || REFUSED.test(look.context);
}

/** The addresses to which a browser is sent for a sign-in. */
function signIns(look: Look): string[] {
  const text = `${look.context}\n${look.answers}`;
  return (text.match(/https?:\/\/[^\s"'<>]{4,200}\?[^\s"'<>]{4,1500}/g) ?? []).filter(
    (url) => /[?&]client_id=/.test(url) && /[?&]response_type=/.test(url),
  );
}

/** Scopes that were asked for and are not among those that the answer names. */
function lostScopes(look: Look): string[] {
  const asked = (look.form('scope') ?? '').split(/[\s+]+/).filter(Boolean);
  const named = look.token.flatMap(({ outcome }) => {
    if (outcome.kind !== 'answered' || outcome.status >= 400 || outcome.body.kind === 'none') return [];
    const body = outcome.body.kind === 'json' ? JSON.stringify(outcome.body.value) : outcome.body.text;
    return /\bscope["']?\s{0,2}[:=]\s{0,2}["']?([\w.:/ -]{2,400})/i.exec(body)?.[1] ?? [];
  })[0];
  const granted = named?.split(/\s+/).filter(Boolean) ?? [];
  if (granted.length === 0 || !granted.some((scope) => asked.includes(scope))) return [];
  return asked.filter((scope) => !granted.includes(scope));
}

/** What GitHub's headers say of a call: the scopes of the token, and those of which the endpoint takes one. */
function scopesOfCall({ endpoint }: Look): { has: string[]; takes: string[] } | undefined {
  for (const { outcome } of [...endpoint].reverse()) {
    if (outcome.kind !== 'answered' || outcome.status < 400) continue;
    const [has, takes] = ['x-oauth-scopes', 'x-accepted-oauth-scopes'].map((name) => outcome.headers[name]);
    const list = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
    if (has !== undefined && takes !== undefined) return { has: list(has), takes: list(takes) };
  }
  return undefined;
}

/** No scope of the token is one that the endpoint takes. */
const lacksScope = (look: Look): boolean => {
  const { has, takes } = scopesOfCall(look) ?? { has: [], takes: [] };
  return takes.length > 0 && !takes.some((scope) => has.includes(scope));
};

/** A list that was turned into text with its brackets. */
const LIST_AS_TEXT =
  /\bscopes?["'\]]{0,2}\s{0,3}[:=]\s{0,3}(?:str|repr|String|json\.dumps|JSON\.stringify|json_encode)\s?\(\s?(?:\[|\w*scopes?\b)/i;
const LIST_QUOTED_BACK =
  /\bscopes?\b[^\n\w]{0,6}\[\s?\\?["'`]|[`"']\[\s?\\?["'][\w.:/-]{1,80}\\?["'],?[^\n]{0,20}\bscopes?\b/i;
/** What languages print for an object or a list that nobody turned into text. */
const OBJECT_QUOTED_BACK =
  /\bscopes?\b[^\n]{0,60}(?:\[object \w+\]|System\.\w+(?:\.\w+)*(?:\[\]|`1)|\[Ljava\.lang\.String;|#<\w+[:>])|(?:\[object \w+\]|System\.String\[\]|\[Ljava\.lang\.String;)[^\n]{0,30}\bscopes?\b/i;
/** One scope, by the words of the answer, in which two or more are seen with a comma, a plus or their codes between. */
const JOINED_QUOTED_BACK =
  /\bscopes?\b[^\n]{0,12} ["'`“][\w.:/-]{2,60}(?:(?:,|;|\||\+|%2C|%2B|%20)[\w.:/-]{2,60})+["'`”]|\bscopes?\b[^\n]{0,40}[:=] ?["'`]?[\w.-]+:[\w.:-]+(?:(?:\+|%2B|%20)[\w.-]+:[\w.:-]+)+|\bscopes?\b[^\n]{0,40}[:=] ?["'`]?(?:\w+(?:,|;|\+|%2B|%2C|%20))*openid(?:,|;|\+|%2B|%2C|%20)\w+/i;

/** The answers, and what a redirect says in the codes of a URL. */
function answersDecoded({ answers, token }: Look): string {
  return [answers, ...token.map((x) => bodyText(x, 'error_description') ?? '')].join('\n');
}

export const scopes: readonly SaidRule[] = [
  // https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps
  {
    id: 'token-without-a-scope',
    code: 'scope/not-requested',
    likelihood: 0.95,
    when: (look) => lacksScope(look) && scopesOfCall(look)?.has.length === 0,
    why: 'The header X-OAuth-Scopes is empty: the token has no scope, and X-Accepted-OAuth-Scopes names those of which the call needs one.',
    tell: 'Ask for one of them in the address to which the browser is sent, and sign in again.',
  },
  {
    id: 'scopes-of-the-call',
    code: 'endpoint/missing-scope',
    likelihood: 0.94,
    when: lacksScope,
    why: 'None of the scopes in X-OAuth-Scopes is among those of X-Accepted-OAuth-Scopes, of which the call needs one.',
    tell: 'Compare the two headers of the answer.',
  },
  {
    id: 'list-sent-as-text',
    code: 'scope/malformed',
    likelihood: 0.95,
    shows: new RegExp(`${LIST_AS_TEXT.source}|${LIST_QUOTED_BACK.source}`, 'i'),
    when: (look) =>
      scopeRefused(look) && (LIST_AS_TEXT.test(look.codes) || LIST_QUOTED_BACK.test(look.answers)),
    why: 'A list was turned into text with its brackets and quotes and sent as the scope; RFC 6749 §3.3 wants the names with one blank between two.',
    tell: 'Join the list with blanks: " ".join(scopes) in Python, scopes.join(" ") in JavaScript.',
  },
  {
    id: 'object-sent-as-text',
    code: 'scope/malformed',
    likelihood: 0.95,
    shows: OBJECT_QUOTED_BACK,
    when: (look) => scopeRefused(look) && OBJECT_QUOTED_BACK.test(look.answers),
    why: 'The server quotes back as the scope what a language prints for an object or a list: the names in it were not taken out.',
    tell: 'Join the names of the scopes with blanks before they are sent.',
  },
  {
    id: 'joined-scopes-quoted-back',
    code: 'scope/malformed',
    likelihood: 0.96,
    shows: JOINED_QUOTED_BACK,
    when: (look) => scopeRefused(look) && JOINED_QUOTED_BACK.test(answersDecoded(look)),
    why: 'The server quotes back as one scope what is a list: the scopes are joined by something else than a blank (RFC 6749 §3.3), or the sign between them was encoded twice.',
    tell: 'Print the scope parameter as it is sent: in a URL one blank is %20 or a bare +, never %2B or %2C.',
  },
  {
    id: 'scopes-joined-otherwise',
    code: 'scope/malformed',
    likelihood: 0.8,
    pattern:
      /\bscopes?\b[^\n]{0,160}\b(?:joined|joins?|separate[ds]?|concatenated?|delimited|glued)\b[^\n.]{0,24}(?:%2C|%2B|%20|\bcommas?\b|\bplus\b|\bsemicolons?\b|["'`][,;+|]["'`])|\bscopes?(?:=|\b[^\n]{0,30}\s)[\w.:/-]+(?:%2B|%2C|%3B|;)[\w.:/-]+/i,
    when: (look) =>
      (scopeRefused(look) || look.tokenRefused()) &&
      !look.says(/\bcommas?\b[^\n.]{0,30}\b(?:is|are) (?:right|correct|what \w+ wants?|documented)/i),
    why: 'The scopes are joined by something else than a blank, so the server sees one long scope that it does not have.',
    tell: 'Print the scope parameter as it is sent: in a URL one blank is %20 or a bare +, never %2B or %2C.',
  },
  {
    id: 'library-compares-scopes',
    code: 'scope/granted-narrower',
    likelihood: 0.85,
    pattern:
      /\bscopes? (?:has|have) changed from\b|\bgranted scopes?\b[^\n]{0,80}\b(?:differ\w*|(?:do|does|did) ?(?:not|n[’']t) match)\b/i,
    why: 'The library says that the token has other scopes than were asked for.',
    tell: 'Print both lists; what is missing was not allowed for the client, or not by the user.',
  },
  {
    id: 'line-break-in-a-scope',
    code: 'scope/malformed',
    likelihood: 0.8,
    pattern:
      /\bscopes?\b[^\n.]{0,80}\b(?:line ?breaks?|new ?lines?|carriage returns?|(?:trailing|leading|double|two|extra) (?:blank|space|white ?space)s?)\b|\b(?:line ?breaks?|new ?lines?)\b[^\n.]{0,60}\bscopes?\b/i,
    when: (look) => look.failureTold(),
    why: 'A line break or a stray blank stands in the scope; RFC 6749 §3.3 allows one blank between two scopes and nothing else.',
    tell: 'Write the scopes on one line and print the parameter as it is sent.',
  },
  {
    id: 'sign-in-without-a-scope',
    code: 'scope/not-requested',
    likelihood: 0.85,
    shows: /https?:\/\/[^\s"']{3,200}authorize[^\s"']{0,200}/i,
    when: (look) =>
      scopeRefused(look) &&
      signIns(look).length > 0 &&
      signIns(look).every((url) => !/[?&](?:user_)?scopes?=[^&\s]/.test(url)),
    why: 'The address of the sign-in is shown and names no scope, and this server wants one.',
    tell: 'Add scope= with what the documentation of the API names.',
  },
  {
    id: 'less-came-back',
    code: 'scope/granted-narrower',
    likelihood: 0.88,
    shows: /\bscope\b\W{1,5}[\w .:/-]{3,80}/i,
    when: (look) => lostScopes(look).length > 0,
    why: 'The answer names fewer scopes than were asked for.',
    tell: 'Compare both lists; what is missing has to be allowed for the client, for the API that the token is for, or by the user.',
  },
  {
    id: 'only-identity-scopes',
    code: 'scope/not-requested',
    likelihood: 0.75,
    shows: /\bscope\b\W{1,5}[\w ]{3,80}/i,
    when: (look) =>
      lostScopes(look).length === 0 &&
      look.token.some((x) => {
        const body =
          x.outcome.kind === 'answered' && x.outcome.body.kind === 'json' ? x.outcome.body.value : undefined;
        const scope =
          body !== null && typeof body === 'object' && 'scope' in body
            ? String((body as { scope: unknown }).scope)
            : '';
        return (
          scope !== '' &&
          scope
            .split(/[\s,]+/)
            .every((s) => /^(?:openid|profile|email|phone|address|offline_access|offline|default)$/i.test(s))
        );
      }),
    why: 'The token was granted with identity scopes only: no scope of an API was asked for.',
    tell: 'Compare the scope of the token request with the scopes that the API documents.',
  },
  {
    id: 'offline-access-of-a-machine',
    code: 'scope/not-allowed',
    likelihood: 0.95,
    shows: /\boffline_?access\b/i,
    when: (look) =>
      look.tokenError(/^invalid_scope$/) &&
      /\b(?:allow)?offline_?access\b/i.test(look.context) &&
      (look.form('grant_type') === 'client_credentials' || look.says(/\bclient_?credentials\b/i)) &&
      !look.says(/authori[sz]ation[_ ]?code/i),
    why: 'offline_access asks for a refresh token, and client credentials have none (RFC 6749 §4.4.3), so the server refuses the scope with this grant.',
    tell: 'Do not ask for it, and take offline access off the client: some servers add it of themselves where no scope is named.',
  },
  {
    id: 'misspelt-scope',
    code: 'scope/not-requested',
    likelihood: 0.76,
    shows: /\b(?:scopes|scope\[\]|scp|permissions)(?==|\W{1,4}:)/i,
    when: (look) =>
      look.token.some(
        (x) =>
          x.request.form !== undefined &&
          x.request.form['scope'] === undefined &&
          Object.keys(x.request.form).some((name) => /^(?:scopes|scope\[\]|scp|permissions)$/i.test(name)),
      ),
    why: 'The parameter is misspelt: a server reads scope, and passes over scopes.',
    tell: 'Rename the parameter to scope and compare the scope of the answer.',
  },
];
