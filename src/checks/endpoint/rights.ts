/** Refused for want of a right: permission, division, feature, policy. `access.ts` settles which. */
import { defineCheck, visibleLine, type Check, type FixStep, type Scene } from '../../core/index.ts';
import { clientTitle, holdingsOf, messageToAdmin } from '../asking.ts';
import { proof } from '../proof.ts';
import { names, text, texts } from '../readings.ts';
import { denialsOf } from './access.ts';
import type { AccessFacts } from './compared.ts';
import { divisionNames, existsInOrg, outOfReach, heldOf } from './held.ts';

const WRONG_TEXT = {
  title: 'Genesys: the permission that a 403 names can be wrong',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/pull/2110',
  provider: 'genesys-cloud',
};
const NOT_THE_GRANT = {
  title: 'Genesys: a permission that the organization does not have',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/issues/277',
  provider: 'genesys-cloud',
};
const DIVISIONS = {
  title: 'Genesys: a role that is given for one division only',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/issues/389',
  provider: 'genesys-cloud',
};

/** The permissions to ask for: what the organisation can give, one of them where one is enough. */
function wanted(facts: AccessFacts, scene: Scene): string[] {
  const holdings = holdingsOf(scene);
  if (facts.documentedMissing.length > 0) {
    // The documentation has been right more often than the text of a refusal; what both name is asked for first.
    return [...new Set([...facts.documentedMissing, ...facts.missing])];
  }
  const open = facts.missing.length > 0 ? facts.missing : facts.demanded;
  const real = open.filter((p) => existsInOrg(p, holdings) !== false);
  const list = real.length > 0 ? real : [...open];
  if (facts.rule !== 'ANY') return list;
  const agreed = list.find((p) => facts.documented.includes(p));
  return [agreed ?? list[0]].filter((p): p is string => p !== undefined);
}

function subjectOf(facts: AccessFacts): string {
  return facts.subject === undefined ? 'The call' : visibleLine(facts.subject);
}

function inSentence(facts: AccessFacts): string {
  return facts.subject === undefined ? 'the call' : subjectOf(facts);
}

function answer(facts: AccessFacts): string {
  if (facts.status === undefined) return `${subjectOf(facts)} was not sent, and would be refused`;
  return `${subjectOf(facts)} answers ${facts.status === 0 ? 'with a refusal' : `HTTP ${facts.status}`}`;
}

function disagreement(facts: AccessFacts): string {
  if (!facts.differs) return '';
  const documented =
    facts.documented.length > 0 ? `${facts.documentedRule} of ${names(facts.documented)}` : 'no permission';
  return ` The documentation of the endpoint (${facts.source}) demands something else: ${documented}; the text of a refusal can be wrong.`;
}

function check(facts: AccessFacts, scene: Scene): FixStep {
  const { subject } = facts;
  return proof(scene, {
    ...(subject !== undefined && { endpoint: subject }),
    shows:
      'Changed permissions can take a few minutes to arrive. Then this shows whether the endpoint lets the client in.',
  });
}

function quoteAll(items: readonly string[]): string {
  return names(items.map((item) => `"${item}"`));
}

/** For which divisions a role is to be given; undefined where roles have none. */
function divisionsToGive(scene: Scene): string | undefined {
  if (scene.profile.access !== 'roles') return undefined;
  const divisions = divisionNames(holdingsOf(scene).divisions ?? []);
  return divisions.length > 1
    ? `for the divisions whose data it reads (${names(divisions)})`
    : 'for the division whose data it reads';
}

const missingPermission = defineCheck<AccessFacts>({
  code: 'endpoint/missing-permission',
  severity: 'error',
  blocks: true,
  title: 'No role of the client holds the permission that the endpoint demands',
  page: 'The token is good and the endpoint exists, but the client lacks the right. At Genesys Cloud a client credentials token has the rights of the roles on the OAuth client, in the divisions they are given for; scopes have no part in it. It is called proved when the refusal, the documentation, the grants of the client and the permissions of the organization agree. A permission that the organization does not have at all is a missing feature; one that is held in other divisions is a missing division.',
  references: [WRONG_TEXT],
  look: (scene) => denialsOf('endpoint/missing-permission', scene),
  cause(facts, scene) {
    const open = facts.missing.length > 0 ? facts.missing : facts.demanded;
    const what =
      open.length > 0
        ? names(open, facts.rule === 'ANY' ? 'or' : 'and')
        : 'the permission that the endpoint demands';
    // What a paste shows of a client that the answer tells nothing of is what the endpoint demands, and no more.
    if (
      scene.mode === 'everything' &&
      facts.said.length === 0 &&
      facts.missing.length === 0 &&
      facts.demanded.length > 0
    )
      return `${answer(facts)}: it demands ${what}, and the answer does not say what ${clientTitle(scene)} lacks.${disagreement(facts)}`;
    const roles = facts.roles.length > 0 ? ` Its roles: ${quoteAll(facts.roles)}.` : '';
    return `${answer(facts)}: ${clientTitle(scene)} does not hold ${what}.${roles}${disagreement(facts)}`;
  },
  fix(facts, scene) {
    const want = wanted(facts, scene);
    const what =
      want.length > 0 ? `the permission ${names(want)}` : `the permission that ${inSentence(facts)} demands`;
    const [role] = facts.roles;
    const give = role
      ? `Add ${what} to the role "${role}" of the client, or give it a further role that has it`
      : `Give the client a role that has ${what}`;
    const where = scene.profile.signposts.access;
    const inWhich = divisionsToGive(scene);
    return [
      {
        who: 'admin',
        action: inWhich
          ? `${give}, ${inWhich}. Whoever edits the client must hold the role too.`
          : `${give}.`,
        where,
        message: messageToAdmin(scene, {
          problem: `${answer(facts)}: the permission is missing.`,
          please: [
            want.length > 0
              ? `add the permission ${names(want)} to ${role ? `its role "${role}"` : 'a role of the client'} (or give it another role that has it)`
              : `add the permission that ${inSentence(facts)} demands to a role of the client`,
            ...(inWhich ? [`give that role ${inWhich}`] : []),
          ],
          where,
          endpoint: facts.subject,
        }),
      },
      check(facts, scene),
    ];
  },
});

const missingDivision = defineCheck<AccessFacts>({
  code: 'endpoint/missing-division',
  severity: 'error',
  blocks: true,
  title: 'The client holds the permission, but not in the division that is asked for',
  page: 'A role on a client is given for divisions; without one it holds for Home only. A call about an object of another division is refused although the role is right. It is told from a missing permission by the grants: the permission is held somewhere, just not there. Lists do not fail this way: they come back with fewer rows.',
  references: [DIVISIONS],
  look: (scene) => denialsOf('endpoint/missing-division', scene),
  cause(facts, scene) {
    const where =
      facts.heldIn.length > 0 ? `only in ${names(facts.heldIn)}` : 'not in the division that is asked for';
    return `${answer(facts)}: ${clientTitle(scene)} holds ${names(facts.demanded) || 'the permission'} ${where}.${disagreement(facts)}`;
  },
  fix(facts, scene) {
    const holdings = holdingsOf(scene);
    const held = facts.demanded.flatMap((p) => heldOf(p, holdings) ?? []);
    const named = texts(facts['divisionIds']);
    const beyond = outOfReach(held, holdings);
    const meant = beyond.filter((d) => named.includes(d.id));
    const divisions = divisionNames(meant.length > 0 ? meant : beyond);
    const which =
      divisions.length > 0
        ? `for ${names(divisions, meant.length > 0 ? 'and' : 'or')}`
        : 'for the division of the object';
    const role = held.flatMap((h) => h.roles)[0];
    const roleText = role
      ? `the role "${visibleLine(role)}"`
      : `the role with ${names(facts.demanded) || 'the permission'}`;
    const where = scene.profile.signposts.access;
    return [
      {
        who: 'admin',
        action: `Give the client ${roleText} ${which} too, or for all divisions.`,
        where,
        message: messageToAdmin(scene, {
          problem: `${answer(facts)}: the client holds ${names(facts.demanded) || 'the permission'}${facts.heldIn.length > 0 ? ` only in ${names(facts.heldIn)}` : ' in other divisions only'}.`,
          please: [`give it ${roleText} ${which} too (or for all divisions)`],
          where,
          endpoint: facts.subject,
        }),
      },
      check(facts, scene),
    ];
  },
});

const featureMissing = defineCheck<AccessFacts>({
  code: 'endpoint/feature-missing',
  severity: 'error',
  blocks: true,
  title: 'The organization does not have the feature that the endpoint belongs to',
  page: 'The endpoint belongs to a product, licence, beta or feature switch that this organization does not have. A permission that a refusal names and that does not exist in the organization is a sign of it: no role can be given it, so changing roles and clients does not help.',
  references: [NOT_THE_GRANT],
  look: (scene) => denialsOf('endpoint/feature-missing', scene),
  cause(facts) {
    const absent = facts.absent.length > 0 ? facts.absent : facts.missing;
    const why =
      absent.length > 0
        ? `the organization has no permission ${names(absent)}, so no role can be given it; the feature behind it is not switched on, not licensed, or in a closed beta.`
        : 'the server says that the feature is not switched on for the organization.';
    return `${answer(facts)}: ${why}${disagreement(facts)}`;
  },
  fix(facts, scene) {
    const context = text(facts['contextId']);
    const where = scene.profile.signposts.features;
    const what = names(facts.absent.length > 0 ? facts.absent : facts.demanded);
    return [
      { who: 'you', action: 'Leave roles and clients as they are: no grant mends this.' },
      {
        who: 'admin',
        action: `Find out which product has ${what ? `the permission ${what}` : 'this endpoint'} and switch it on or order it${context ? `; support finds the call by its contextId ${visibleLine(context)}` : ''}.`,
        where,
        message: messageToAdmin(scene, {
          problem: `${answer(facts)}: ${what ? `the permission ${what} does not exist in our organization` : 'the feature is not switched on in our organization'}.`,
          please: [
            'find out which product, licence or beta it belongs to',
            'switch it on, or tell me that we do not have it',
          ],
          where,
          endpoint: facts.subject,
        }),
      },
      check(facts, scene),
    ];
  },
});

const policyDenied = defineCheck<AccessFacts>({
  code: 'endpoint/policy-denied',
  severity: 'error',
  blocks: true,
  title: 'An access policy of the organization denies the call',
  page: 'Beside roles an organization can have access policies, which deny a call by attributes although a role allows it. The refusal has the code authz.policy.denied and names the ids of the policies. Without that code a policy is suspected only where the client holds every permission that was named.',
  references: [],
  look: (scene) => denialsOf('endpoint/policy-denied', scene),
  cause(facts) {
    const ids = texts(facts['policies']);
    if (ids.length > 0)
      return `${answer(facts)}: denied by the access polic${ids.length === 1 ? 'y' : 'ies'} ${names(ids)} of the organization.`;
    const held =
      facts.demanded.length > 0
        ? `the client holds ${names(facts.demanded)}, and the call is refused all the same`
        : 'an access policy of the organization denies it';
    return `${answer(facts)}: ${held}. A policy may deny it, or the refusal names the wrong permission.${disagreement(facts)}`;
  },
  fix(facts, scene) {
    const ids = names(texts(facts['policies']));
    const where = scene.profile.signposts.policies;
    return [
      {
        who: 'admin',
        action: `Read the access polic${ids ? `y ${ids}` : 'ies that apply to the client'} and except the client from it, or decide that it stays.`,
        where,
        message: messageToAdmin(scene, {
          problem: `${answer(facts)}: ${ids ? `access policy ${ids} denies it` : 'its roles allow it, so a policy seems to deny it'}.`,
          please: [
            `look at ${ids ? `policy ${ids}` : 'the access policies that apply to this client'}`,
            'allow this call for it, or tell me that it stays denied',
          ],
          where,
          endpoint: facts.subject,
        }),
      },
      check(facts, scene),
    ];
  },
});

export const rights: readonly Check[] = [missingPermission, missingDivision, featureMissing, policyDenied];
