import { css } from 'lit';
import { moreStyles } from '../../forms/more-styles.ts';
import { styles as formStyles } from '../../forms/styles.ts';
import { styles as consentStyles } from '../consents/styles.ts';
import { styles as insuranceStyles } from '../insurance/styles.ts';

/** How programmes look, with the insurance, the forms and the documents that are shown within them. */
export const styles = css`
  ${formStyles}
  ${moreStyles}
  ${insuranceStyles}
  ${consentStyles}

  .programs {
    display: grid;
    gap: calc(var(--_space) * 2);
  }

  .programs > li {
    display: grid;
    gap: var(--_space);
    justify-items: start;
    padding: calc(var(--_space) * 2);
    border: 0.0625rem solid var(--_border);
    border-radius: var(--_radius);
  }

  .stages {
    display: grid;
    gap: var(--_space);
    max-inline-size: 40rem;
  }

  .stages > li {
    display: flex;
    gap: calc(var(--_space) * 2);
    justify-content: space-between;
    padding-block: var(--_space);
    border-block-end: 0.0625rem solid var(--_border);
  }
`;
