/** What people tell of the part of an account for which a token or a role is good, while the call is about another. */
import { tells, type Telltale } from './telltale.ts';

const PART = String.raw`(?:dns )?(?:zone|domain|repositor(?:y|ies)|repos?|project|site|workspace|team|folder|bucket|space|board|subscription|resource group|namespace|organi[sz]ation|vault|store|shop|database|cluster)s?`;

export const parts: readonly Telltale[] = [
  tells(
    'token-for-one-part',
    new RegExp(
      String.raw`\b(?:tokens?|PATs?|keys?|credentials?)\b[^\n]{0,100}\b(?:limited|restricted|confined|scoped|only|valid|for|of|includes?|covers?|resources?)\b[^\n.]{0,16}\b(?:one|single|specific|selected|certain|particular)\s(?:\w+ )?${PART}\b|\b(?:tokens?|PATs?|keys?)\b[^\n.]{0,60}\b(?:limited|restricted|confined) to (?:the|this|that|our|my) (?:\w+ )?${PART}\b|\b(?:tokens?|PATs?|keys?)\b[^\n.]{0,60}\b(?:one|single|specific) ${PART} only\b`,
      'i',
    ),
    {
      'endpoint/missing-division': 3,
      'endpoint/missing-permission': -1.4,
      'endpoint/ip-blocked': -1,
      'endpoint/policy-denied': -1,
      'endpoint/missing-scope': -0.6,
    },
    { about: 'call', when: (look) => !look.says(/\bnot (?:limited|restricted|confined) to\b/i) },
  ),
  tells(
    'projects-of-the-cloud-differ',
    /\b(?:another|other|second|different|each in its(?: own)?) (?:GCP |Google |AWS )?(?:project|account)\b|\b(?:in|of|from) project ([\w-]{2,40})\b[^]{0,300}\b(?:in|of|from) project (?!\1\b)[\w-]{2,40}\b/i,
    { 'endpoint/missing-division': 2.2, 'endpoint/missing-permission': -0.6 },
    {
      about: 'call',
      when: (look) =>
        /^(?:google|aws)/.test(look.scene.evidence.provider) &&
        look.says(/\broles?\b|service accounts?\b|\bpermissions?\b/i),
    },
  ),
  // Owner and Contributor may do all that is no matter of rights, so what lacks is where they were assigned.
  tells(
    'broad-role-and-yet-refused',
    /(?:\broles?(?: of)?|\bthe|\bas|\bis|\ban?|\band|,|\bhas|\bwith|\b(?:holds|given|granted|assigned)) ["'`*]?(?:owner|contributor)\b(?! (?:to|can))/i,
    { 'endpoint/missing-division': 2.4, 'endpoint/missing-permission': -1.4 },
    {
      about: 'call',
      when: (look) =>
        look.answered(/\bover scope\b/i) &&
        !look.answered(/perform action\W{1,4}Microsoft\.Authorization\//i),
    },
  ),
];
