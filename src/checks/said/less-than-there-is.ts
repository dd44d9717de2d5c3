/** Calls that are let in and show less than there is: lists of nobody but the caller, rows without their values. */
import { statusOf } from '../../core/index.ts';
import type { Look, SaidRule } from './rule.ts';

const NONE =
  '(?:\\[\\s?\\]|\\bempty\\b|\\bnothing\\b|\\bno (?:\\w+ )?(?:events?|items?|files?|calendars?|rows?|results?|data|entries|documents?)\\b|\\bnot? (?:\\w+ )?events?\\b|\\b(?:0|zero) (?:events?|items?|files?|results?)\\b)';
const SERVICE_ACCOUNT = /\bservice[ _-]?account\w*|gserviceaccount\.com/i;
/** The account of a person is named: delegation, or the id of what was shared. */
const FOR_SOMEBODY =
  /\bsubject\b\s{0,3}[:=(]|\bwith_?subject\b|\bsetServiceAccountUser\b|\bCreateWithUser\b|\bUser\s{0,2}=|\bdomain[- ]wide|\bdelegat/i;
const OWN_LIST =
  /["'`]primary["'`]|\bcalendar_?list\s?(?:\(\s?\))?\s?\.\s?list\b|\bfiles\s?(?:\(\s?\))?\s?\.\s?list\b|\bfiles_list\b/i;

/** Nothing that is shown was refused. */
const nothingRefused = ({ endpoint, token }: Look): boolean =>
  [...endpoint, ...token].every((x) => (statusOf(x) ?? 200) < 400 && statusOf(x) !== 0);

export const lessThanThereIs: readonly SaidRule[] = [
  {
    id: 'lists-of-a-service-account',
    code: 'endpoint/silently-empty',
    likelihood: 0.96,
    shows: OWN_LIST,
    when: (look) =>
      nothingRefused(look) &&
      OWN_LIST.test(look.context) &&
      SERVICE_ACCOUNT.test(look.context) &&
      !FOR_SOMEBODY.test(look.context) &&
      new RegExp(NONE, 'i').test(`${look.context}\n${look.answers}`),
    why: 'A service account has a calendar, a list of calendars and a drive of its own, and these are empty; what is shared with it is found by its id.',
    tell: 'Name the id of the shared calendar or folder in the call, or let the account act for a person (domain-wide delegation).',
  },
  {
    id: 'bot-alone-in-the-list',
    code: 'endpoint/silently-empty',
    likelihood: 0.96,
    where: ['prose'],
    pattern:
      /\b(?:only|just|nobody but|no one but|nothing but|except)\b[^\n.]{0,20}\b(?:(?:the|my|our|its) (?:own )?bot|itself|himself|1|one)\b|\bmembers?\b[^\n.]{0,40}\b(?:only|just|nobody but) (?:1|one|the bot)\b/i,
    when: (look) =>
      look.scene.evidence.provider === 'discord' &&
      nothingRefused(look) &&
      look.says(/members?\b|users?\b|presences?\b|getMembers/i),
    why: 'Discord sends a bot the members of a server only where it has the intent for them; without it the list holds the bot alone, and no error tells.',
    tell: 'Switch SERVER MEMBERS INTENT on in the Developer Portal, and name the intent (GUILD_MEMBERS) where the bot logs in.',
  },
  {
    id: 'content-that-is-blank',
    code: 'endpoint/silently-empty',
    likelihood: 0.95,
    pattern:
      /\b(?:message[._ ]?content|msg[._]content|content of (?:the |a |every |all )?messages?)\b[^\n]{0,60}(?:\b(?:empty|blank|missing|undefined|nothing)\b|(?:===?|is) ?["']{2})/i,
    when: (look) => look.scene.evidence.provider === 'discord' && nothingRefused(look) && look.failureTold(),
    why: 'Discord leaves the content of messages out for a bot without the intent for it, and no error tells.',
    tell: 'Switch MESSAGE CONTENT INTENT on in the Developer Portal, and name it where the bot logs in.',
  },
  {
    id: 'printed-as-an-empty-list',
    code: 'endpoint/silently-empty',
    likelihood: 0.95,
    where: ['code'],
    pattern:
      /\b(?:print|println|console\.\w+|puts|echo|var_dump|dump|log)\b[^\n]{0,80}(?:\/\/|#|=>|->)\s{0,3}(?:prints?|gives?|returns?|logs?|shows?|=>|->)?:?\s{0,3}(?:\[\s?\]|\{\s?\}|empty\b|0 (?:rows|results|items)\b)/i,
    when: nothingRefused,
    why: 'The code shows that the call is let in and its list is empty: what is not shared with the client is left out.',
    tell: 'Share the pages, folders or objects with the integration itself, and call again.',
  },
  {
    id: 'rows-of-zero-values',
    code: 'endpoint/silently-empty',
    likelihood: 0.95,
    shows: /\b0001-01-01T00:00:00Z?/,
    when: (look) => (look.answers.match(/\b0001-01-01T00:00:00/g) ?? []).length > 1,
    why: 'The rows come without their values (the year 1 is what a program makes of a date that is not there): the token may count them and not read them.',
    tell: 'Call with a token of another kind or with more rights, and compare.',
  },
];
