export type InspectorCommand =
  | {
      readonly type: 'AccreditInspector';
      readonly data: {
        readonly inspectorId: string;
        readonly name: string;
        readonly fields: readonly string[];
      };
    }
  | { readonly type: 'WithdrawAccreditation'; readonly data: { readonly reason?: string } };
