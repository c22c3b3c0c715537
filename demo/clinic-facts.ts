/** The number of the front desk. */
export const phone = '(269) 555-0142';

/** Where the clinic is. */
export const places = [
  {
    name: 'Harbor Clinic St. Joseph',
    address: ['210 Lake Boulevard', 'St. Joseph, MI 49085'],
    phone: '(269) 555-0142',
  },
  { name: 'Harbor Imaging Center', address: ['214 Lake Boulevard', 'St. Joseph, MI 49085'], phone: '(269) 555-0147' },
  {
    name: 'Harbor Clinic Michigan City',
    address: ['45 Washington Street', 'Michigan City, IN 46360'],
    phone: '(219) 555-0118',
  },
] as const;

/** What a phone dials. */
export const dial = (number: string): string => `tel:+1${number.replace(/\D/g, '')}`;
