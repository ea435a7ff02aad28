import type { ReactElement } from 'react';

/** A React component with its subject line and with the props that preview it. */
export type Template<Props> = {
  (props: Props): ReactElement;
  subject: (props: Props) => string;
  PreviewProps: Props;
};
