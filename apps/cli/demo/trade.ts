/** Who trades what in the populated demo. Varied enough that lists, filters and pictures have something to show. */

export interface Party {
  readonly id: string;
  readonly name: string;
  readonly country: string;
}

export const buyers: readonly Party[] = [
  { id: 'B-aurora', name: 'Aurora Interiors', country: 'US' },
  { id: 'B-harbour', name: 'Harbour Retail', country: 'GB' },
  { id: 'B-nordlicht', name: 'Nordlicht Möbel GmbH', country: 'DE' },
  { id: 'B-sakura', name: '桜インテリア株式会社', country: 'JP' },
  { id: 'B-casa-verde', name: 'Casa Verde Ltda', country: 'BR' },
  { id: 'B-maple', name: 'Maple & Pine Outfitters', country: 'CA' },
];

export const suppliers: readonly Party[] = [
  { id: 'S-shenzhen-lamps', name: 'Shenzhen Lamp Works', country: 'CN' },
  { id: 'S-ningbo-metal', name: '宁波金属制品有限公司', country: 'CN' },
  { id: 'S-saigon-wood', name: 'Saigon Wood & Rattan', country: 'VN' },
  { id: 'S-izmir-textile', name: 'İzmir Tekstil A.Ş.', country: 'TR' },
  { id: 'S-pune-castings', name: 'Pune Precision Castings', country: 'IN' },
];

export const products: readonly { readonly product: string; readonly category: string }[] = [
  { product: 'Desk lamps, model Aurora', category: 'LIGHTING' },
  { product: 'Steel shelf brackets, black', category: 'HARDWARE' },
  { product: 'Rattan chairs, stackable', category: 'FURNITURE' },
  { product: 'Canvas tote bags, printed', category: 'APPAREL' },
  { product: '不锈钢保温杯 500 ml', category: 'HOUSEWARES' },
  { product: 'Pump housings, cast iron', category: 'MACHINERY' },
];

export const arbitrators = ['arbitrator-lindqvist', 'arbitrator-okafor'] as const;
export const INSPECTOR = 'inspector-rao';
/** In thousands of minor units: order values of 2,000 to 90,000. */
export const values = [900, 450, 1_200, 3_600, 250, 5_400, 800, 2_000, 9_000, 640] as const;
export const currencies = ['USD', 'USD', 'USD', 'EUR', 'USD', 'CNY'] as const;
