import { created, forbidden, OperationOutcomeError } from '@medplum/core';
import type { SearchRequest, WithId } from '@medplum/core';
import { MemoryRepository } from '@medplum/fhir-router';
import type { CreateResourceOptions, DeleteResourceOptions, UpdateResourceOptions } from '@medplum/fhir-router';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import { resourceTypes } from './definitions.ts';
import { validate } from './validation.ts';

/** What a weaker server does not do. */
export interface Weakness {
  /** Writes are never refused for a stale `If-Match`. */
  readonly ignoreIfMatch?: boolean;
  /** `If-None-Exist` is ignored: each POST creates. */
  readonly noIfNoneExist?: boolean;
  /** Types that can be read but not written: 403. */
  readonly readOnly?: readonly string[];
}

/** A resource that could not be stored, and why. */
export interface Refused {
  readonly resource: unknown;
  readonly reason: string;
}

/** What Medplum's repository keeps in its private fields. */
interface Stored {
  resources: Map<string, Map<string, Resource>>;
  history: Map<string, Map<string, Resource[]>>;
}

/**
 * Medplum's repository in memory, which refuses to write what is not valid FHIR R4.
 *
 * Validating here, not in front of the router, reaches every way to write: also PATCH, conditional writes, and the
 * entries of a batch after their references were resolved.
 */
export class ValidatingRepository extends MemoryRepository {
  readonly #weakness: Weakness;

  constructor(weakness: Weakness = {}) {
    super();
    this.#weakness = weakness;
  }

  /** Stores resources as they are, valid or not, under their own ids; one of the same type and id is replaced. */
  async seed(resources: Iterable<unknown>): Promise<Refused[]> {
    const refused: Refused[] = [];
    for (const resource of resources) {
      const reason = await this.#store(resource).catch(String);
      if (reason !== undefined) refused.push({ resource, reason });
    }
    return refused;
  }

  async #store(resource: unknown): Promise<string | undefined> {
    if (!isStorable(resource)) return 'Not a resource of FHIR R4, or its id is not text.';
    await super.createResource(resource, undefined, true);
    return undefined;
  }

  /** A repository with the same content, whose writes leave this one as it is. */
  copy(): ValidatingRepository {
    const copy = new ValidatingRepository(this.#weakness);
    // Only the maps are copied, for a stored resource is replaced and never changed. To seed again would take a hundred
    // times as long.
    const from = this as unknown as Stored;
    const to = copy as unknown as Stored;
    for (const [type, byId] of from.resources) to.resources.set(type, new Map(byId));
    for (const [type, byId] of from.history) to.history.set(type, copyLists(byId));
    return copy;
  }

  // Every write but the conditional create ends here. Nothing may be awaited on the way: Medplum's check of the version
  // and its write are safe from each other's races only because they run in one go.
  override async createResource<T extends Resource>(
    resource: T,
    options?: CreateResourceOptions,
    update?: boolean,
  ): Promise<WithId<T>> {
    this.#check(resource);
    return super.createResource(resource, options, update);
  }

  override async conditionalCreate<T extends Resource>(
    resource: T,
    search: SearchRequest<T>,
    options?: CreateResourceOptions,
  ): Promise<{ resource: WithId<T>; outcome: OperationOutcome }> {
    this.#check(resource);
    if (!this.#weakness.noIfNoneExist) return super.conditionalCreate(resource, search, options);
    return { resource: await super.createResource(resource, options), outcome: created };
  }

  override async updateResource<T extends Resource>(resource: T, options?: UpdateResourceOptions): Promise<WithId<T>> {
    this.#refuseReadOnly(resource.resourceType);
    return super.updateResource(resource, this.#weakness.ignoreIfMatch ? undefined : options);
  }

  override async deleteResource(resourceType: string, id: string, options?: DeleteResourceOptions): Promise<void> {
    this.#refuseReadOnly(resourceType);
    return super.deleteResource(resourceType, id, this.#weakness.ignoreIfMatch ? undefined : options);
  }

  #check(resource: Resource): void {
    this.#refuseReadOnly(resource.resourceType);
    const issue = validate(resource);
    // Medplum derives the HTTP status from the outcome's id: this one is 422, also for one entry of a batch.
    if (issue.length) throw new OperationOutcomeError({ resourceType: 'OperationOutcome', id: 'business-rule', issue });
  }

  #refuseReadOnly(type: string): void {
    if (this.#weakness.readOnly?.includes(type)) throw new OperationOutcomeError(forbidden);
  }
}

function isStorable(value: unknown): value is Resource {
  if (typeof value !== 'object' || value === null || !('resourceType' in value)) return false;
  if ('id' in value && value.id !== undefined && (typeof value.id !== 'string' || !value.id)) return false;
  return typeof value.resourceType === 'string' && resourceTypes.has(value.resourceType);
}

function copyLists(byId: ReadonlyMap<string, readonly Resource[]>): Map<string, Resource[]> {
  return new Map([...byId].map(([id, versions]) => [id, [...versions]]));
}
