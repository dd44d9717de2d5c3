/** All scenarios of a world, and the stage that one of them sets. */
import { exportedClient, type Org, type ThreadClient } from './org.ts';
import { genesysScenarios } from './scenarios-genesys.ts';
import { sharedScenarios } from './scenarios-shared.ts';
import { threadScenarios } from './scenarios-thread.ts';
import type { AnyStage, GenesysScenario, SharedScenario, ThreadScenario } from './stage.ts';

export type Scenario = SharedScenario | GenesysScenario | ThreadScenario;
/** What a list of scenarios shows. */
export type ScenarioInfo = Pick<Scenario, 'name' | 'about' | 'verdict' | 'alike'>;

/** The scenarios that an org's world can show, in ladder order within each kind. */
export function listScenarios(org: Pick<Org, 'world'>): readonly ScenarioInfo[] {
  return [...sharedScenarios, ...(org.world === 'genesys' ? genesysScenarios : threadScenarios)];
}

/** The stage as it stands when all is well: the client as the org knows it, asking for what it should. */
export function healthyStage(org: Org): AnyStage {
  const client = exportedClient(org);
  const stage = {
    org,
    client,
    exported: {
      id: client.id,
      secret: client.secret,
      scope: org.world === 'thread' ? (client as ThreadClient).asksFor || undefined : undefined,
      clientAuth: undefined,
      authorization: undefined,
      token: undefined,
      login: 'right',
    },
    faults: undefined,
    skewMs: 0,
    endpoints: org.world === 'thread' ? ['GET /api/v2/analytics/reporting/queues/summary'] : [],
  };
  // Org and client are of one world: `exportedClient` took the one from the other.
  return stage as unknown as AnyStage;
}

/**
 * Sets a scenario on a stage and says which it was; `undefined` if this world does not have it.
 * @param name as listed, e.g. `endpoint/missing-permission`
 */
export function setScenario(stage: AnyStage, name: string): ScenarioInfo | undefined {
  const shared = sharedScenarios.find((s) => s.name === name);
  if (shared !== undefined) {
    shared.set(stage);
    return shared;
  }
  if (stage.org.world === 'genesys') {
    const found = genesysScenarios.find((s) => s.name === name);
    found?.set(stage as Parameters<GenesysScenario['set']>[0]);
    return found;
  }
  const found = threadScenarios.find((s) => s.name === name);
  found?.set(stage as Parameters<ThreadScenario['set']>[0]);
  return found;
}
