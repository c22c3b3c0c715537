/** A form on the server, or why it is not there. */
export type Put = { readonly id: string } | { readonly refused: readonly string[] };

/** What is read of a resource, or of the outcome of a refusal. */
interface Answer {
  readonly id?: string;
  readonly issue?: readonly {
    readonly details?: { readonly text?: string };
    readonly diagnostics?: string;
    readonly expression?: readonly string[];
  }[];
}

/** Puts a FHIR Questionnaire on a FHIR server that checks what is written to it. */
export async function putForm(file: File, fhirBaseUrl: string): Promise<Put> {
  try {
    const response = await fetch(`${fhirBaseUrl}/Questionnaire`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: await file.text(),
    });
    const { id, issue = [] } = (await response.json()) as Answer;
    if (response.ok && id) return { id };
    return {
      refused: issue.map(({ details, diagnostics, expression = [] }) =>
        [details?.text ?? diagnostics, ...expression].join(' · '),
      ),
    };
  } catch {
    return { refused: ['It cannot be reached.'] };
  }
}
