/** Let in, and yet not shown everything: a permission that is held in fewer divisions than there are. */
import {
  bodyField,
  defineCheck,
  endpointOf,
  statusOf,
  visibleLine,
  type Check,
  type DivisionRef,
  type FixStep,
  type Scene,
  type Sighting,
} from '../../core/index.ts';
import { clientTitle, holdingsOf, messageToAdmin } from '../asking.ts';
import { proof } from '../proof.ts';
import { isEndpoint, names, texts } from '../readings.ts';
import { behind, type SilenceFacts } from './behind.ts';
import { divisionNames, heldOf, isHeld, outOfReach } from './held.ts';

const HOME_ONLY = {
  title: 'Genesys: a role for Home shows only the objects of Home, without an error',
  url: 'https://github.com/MyPureCloud/terraform-provider-genesyscloud/issues/389',
  provider: 'genesys-cloud',
};

interface Silence {
  readonly subject: string;
  readonly facts: SilenceFacts;
  readonly sure: boolean;
  readonly step: string;
  /** How many objects the call shows, where it says so. */
  readonly total?: number;
}

/** A call that was let in, and the divisions whose objects it did not show. */
function silences(scene: Scene): Silence[] {
  const holdings = holdingsOf(scene);
  return scene.evidence.exchanges.filter(isEndpoint).flatMap((exchange): Silence[] => {
    const status = statusOf(exchange);
    const endpoint = endpointOf(exchange);
    if (status === undefined || status < 200 || status >= 300 || !endpoint) return [];
    const entry = scene.catalogue.find(endpoint.method, endpoint.path);
    if (!entry || entry.divisionAware === false) return [];
    const held = entry.rule.permissions.flatMap((p) => heldOf(p, holdings) ?? []).filter(isHeld);
    if (held.length === 0) return [];
    // ALL: what one permission does not reach is out of sight; ANY: what none of them reaches.
    const unseen =
      entry.rule.type === 'ALL'
        ? distinct(held.flatMap((h) => outOfReach([h], holdings)))
        : outOfReach(held, holdings);
    if (unseen.length === 0) return [];
    const counted = unseen.every((d) => d.queues !== undefined);
    const total = bodyField(exchange, 'total');
    const subject = exchange.subject ?? `${endpoint.method} ${endpoint.path}`;
    return [
      {
        subject,
        step: exchange.step,
        sure: entry.divisionAware === true,
        ...(typeof total === 'number' && { total }),
        facts: {
          subjects: [subject],
          permissions: held.map((h) => h.permission),
          heldIn: divisionNames(distinct(held.flatMap((h) => h.divisions))),
          unseen: divisionNames(unseen),
          ...(counted && { queues: unseen.reduce((sum, d) => sum + (d.queues ?? 0), 0) }),
          roles: [...new Set(held.flatMap((h) => h.roles))],
        },
      },
    ];
  });
}

function distinct(divisions: readonly DivisionRef[]): DivisionRef[] {
  return [...new Map(divisions.map((d) => [d.id, d])).values()];
}

function look(scene: Scene): Sighting<SilenceFacts>[] {
  const alike = new Map<string, Silence[]>();
  for (const one of silences(scene)) {
    const key = JSON.stringify(one.facts.unseen);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].map((group) => {
    const facts: SilenceFacts = {
      ...group[0]!.facts,
      subjects: group.map((s) => s.subject),
      permissions: [...new Set(group.flatMap((s) => s.facts.permissions))],
      roles: [...new Set(group.flatMap((s) => s.facts.roles))],
    };
    return {
      facts,
      certainty: group.some((s) => s.sure) ? ('proved' as const) : ('suspected' as const),
      evidence: [
        { at: 'divisions-permitted', shows: `${names(facts.permissions)}: ${names(facts.heldIn)}` },
        { at: 'divisions', shows: `out of sight: ${names(facts.unseen)}${queuesText(facts, ', ')}` },
        ...group.map((s) => ({
          at: `${s.step} ${visibleLine(s.subject)}: response.status`,
          shows: s.total === undefined ? 'let in' : `let in, shows ${s.total}`,
        })),
      ],
      explains: [],
      sufficient: false,
    };
  });
}

function queuesText({ queues }: SilenceFacts, before: string): string {
  return queues === undefined ? '' : `${before}${queues} ${queues === 1 ? 'queue' : 'queues'}`;
}

function fixRight(facts: SilenceFacts, scene: Scene): FixStep[] {
  const where = scene.profile.signposts.access;
  const [subject] = texts(facts.subjects);
  const [role] = facts.roles;
  const right = `the ${facts.kind ?? 'permission'} ${names(facts.permissions)}`;
  const give =
    facts.kind === 'scope'
      ? `allow ${right} for the client`
      : `add ${right} to ${role === undefined ? 'a role of the client' : `its role "${visibleLine(role)}"`}`;
  return [
    { who: 'you', action: 'If the program does not need it, nothing is to be done.' },
    {
      who: 'admin',
      action: `Otherwise ${give}.`,
      where,
      message: messageToAdmin(scene, {
        problem: `It is let in, but ${visibleLine(facts.what ?? '')}.`,
        please: [give],
        where,
        endpoint: subject,
      }),
    },
    ...(facts.kind === 'scope'
      ? [{ who: 'you', action: 'Then ask for it as well and fetch a new token.' } as const]
      : []),
    proof(
      scene,
      subject === undefined ? {} : { endpoint: subject, shows: 'Check again: the finding is gone.' },
    ),
  ];
}

export const silence: readonly Check[] = [
  defineCheck<SilenceFacts>({
    code: 'endpoint/silently-empty',
    severity: 'warning',
    blocks: false,
    title: 'The call is let in, but some of what there is stays out of sight',
    page: 'A role is given for divisions, Home only if nothing else is said. Lists, exports and statistics then hold the objects of those divisions and no others, with HTTP 200 and no word about the rest. The check compares the divisions in which the permission is held with those that the organization has, and counts the queues that are out of sight where the organization tells. It also says where a list is open and its items are not, and where parts of an answer are left out for want of another right.',
    references: [HOME_ONLY],
    look: (scene) => [...look(scene), ...behind(scene)],
    cause(facts, scene) {
      if (facts.what !== undefined)
        return `${names(facts.subjects)} lets ${clientTitle(scene)} in, but ${visibleLine(facts.what)}. No error says so.`;
      const queues = queuesText(facts, '; it does not see ');
      return `${names(facts.subjects.map(visibleLine))} let${facts.subjects.length === 1 ? 's' : ''} ${clientTitle(scene)} in, but it holds ${names(facts.permissions)} only in ${names(facts.heldIn)}. What lies in ${names(facts.unseen)} is left out without an error${queues}.`;
    },
    fix(facts, scene) {
      if (facts.what !== undefined) return fixRight(facts, scene);
      const [role] = facts.roles;
      const what = role ? `the role "${visibleLine(role)}"` : `the role with ${names(facts.permissions)}`;
      const where = scene.profile.signposts.access;
      const [subject] = texts(facts.subjects);
      return [
        {
          who: 'you',
          action: `If ${names(facts.heldIn)} is all that the program is meant to see, nothing is to be done.`,
        },
        {
          who: 'admin',
          action: `Otherwise give the client ${what} for ${names(facts.unseen)} too, or for all divisions.`,
          where,
          message: messageToAdmin(scene, {
            problem: `It sees only ${names(facts.heldIn)}; ${names(facts.unseen)} ${facts.unseen.length === 1 ? 'is' : 'are'} left out${queuesText(facts, ' (')}${facts.queues === undefined ? '' : ')'} without an error.`,
            please: [`give it ${what} for ${names(facts.unseen)} too (or for all divisions)`],
            where,
            endpoint: subject,
          }),
        },
        proof(
          scene,
          subject === undefined ? {} : { endpoint: subject, shows: 'Check again: the warning is gone.' },
        ),
      ];
    },
  }),
];
