/** What is written into the editors of link buttons, forms and products, WhatsApp's limits on it, and what it becomes. */
import type { CtaUrl, Flow, Product, ProductList } from '../kinds';
import { around, Found, LIMITS, said, type Troubles } from './interactive';

/** Meta's pages on interactive CTA URL buttons, flows and product messages. */
export const OFFER_LIMITS = {
  body: 1024,
  linkTitle: 20,
  url: 2000,
  /** Meta advises so many, and cuts longer ones. */
  flowTitle: 30,
  id: 100,
  sections: 10,
  /** In all sections together. */
  products: 30,
  sectionTitle: 24,
} as const;

interface Framed {
  header: string;
  body: string;
  footer: string;
}

export interface LinkDraft extends Framed {
  title: string;
  url: string;
}

export interface FlowDraft extends Framed {
  flowId: string;
  title: string;
  screen: string;
}

export interface ProductDraft {
  body: string;
  footer: string;
  catalogId: string;
  productId: string;
}

export interface ProductSectionDraft {
  title: string;
  /** One a line. */
  products: string;
}

export interface ProductListDraft extends Framed {
  catalogId: string;
  sections: ProductSectionDraft[];
}

export const emptyLink: LinkDraft = { header: '', body: '', footer: '', title: '', url: '' };
export const emptyFlow: FlowDraft = { header: '', body: '', footer: '', flowId: '', title: '', screen: '' };
export const emptyProduct: ProductDraft = { body: '', footer: '', catalogId: '', productId: '' };
export const emptySection: ProductSectionDraft = { title: '', products: '' };
export const emptyProductList: ProductListDraft = {
  header: '',
  body: '',
  footer: '',
  catalogId: '',
  sections: [emptySection],
};

export function troublesOfLink({ header, body, footer, title, url }: LinkDraft): Troubles {
  const found = new Found();
  found.needed('body', body, OFFER_LIMITS.body);
  found.needed('title', title, OFFER_LIMITS.linkTitle);
  found.link('url', url);
  found.optional('header', header, LIMITS.header);
  found.optional('footer', footer, LIMITS.footer);
  return found.all;
}

export function troublesOfFlow({ header, body, footer, flowId, title, screen }: FlowDraft): Troubles {
  const found = new Found();
  found.needed('body', body, OFFER_LIMITS.body);
  found.needed('flowId', flowId, OFFER_LIMITS.id);
  found.needed('title', title, OFFER_LIMITS.flowTitle);
  found.optional('screen', screen, OFFER_LIMITS.id);
  found.optional('header', header, LIMITS.header);
  found.optional('footer', footer, LIMITS.footer);
  return found.all;
}

export function troublesOfProduct({ body, footer, catalogId, productId }: ProductDraft): Troubles {
  const found = new Found();
  found.optional('body', body, OFFER_LIMITS.body);
  found.needed('catalogId', catalogId, OFFER_LIMITS.id);
  found.needed('productId', productId, OFFER_LIMITS.id);
  found.optional('footer', footer, LIMITS.footer);
  return found.all;
}

/** The ids in a field that takes one a line. */
export const idsIn = (text: string): string[] => text.split(/[\s,;]+/).filter((id) => id !== '');

export const productsOf = ({ sections }: ProductListDraft): number =>
  sections.reduce((sum, { products }) => sum + idsIn(products).length, 0);

export function troublesOfProductList(draft: ProductListDraft): Troubles {
  const { header, body, footer, catalogId, sections } = draft;
  const found = new Found();
  found.needed('header', header, LIMITS.header);
  found.needed('body', body, OFFER_LIMITS.body);
  found.needed('catalogId', catalogId, OFFER_LIMITS.id);
  sections.forEach(({ title, products }, at) => {
    found.needed(`sections.${at}.title`, title, OFFER_LIMITS.sectionTitle);
    const ids = idsIn(products);
    const place = `sections.${at}.products`;
    if (ids.length === 0) found.needed(place, '', OFFER_LIMITS.id);
    ids.forEach((id) => found.optional(place, id, OFFER_LIMITS.id));
  });
  found.optional('footer', footer, LIMITS.footer);
  return found.all;
}

/** Too many products belong to no field: they are counted in all sections together. */
export const hasTooManyProducts = (draft: ProductListDraft): boolean =>
  productsOf(draft) > OFFER_LIMITS.products;

export const mayAddProductSection = ({ sections }: ProductListDraft): boolean =>
  sections.length < OFFER_LIMITS.sections;

export function linkOf(draft: LinkDraft): CtaUrl {
  return { ...around(draft), body: said(draft.body), title: said(draft.title), url: said(draft.url) };
}

export function flowOf(draft: FlowDraft): Flow {
  return {
    ...around(draft),
    body: said(draft.body),
    flowId: said(draft.flowId),
    title: said(draft.title),
    ...(said(draft.screen) && { screen: said(draft.screen) }),
  };
}

export function productOf({ body, footer, catalogId, productId }: ProductDraft): Product {
  return {
    ...(said(body) && { body: said(body) }),
    ...(said(footer) && { footer: said(footer) }),
    catalogId: said(catalogId),
    productId: said(productId),
  };
}

export function productListOf(draft: ProductListDraft): ProductList {
  return {
    header: said(draft.header),
    body: said(draft.body),
    ...(said(draft.footer) && { footer: said(draft.footer) }),
    catalogId: said(draft.catalogId),
    sections: draft.sections.map(({ title, products }) => ({
      title: said(title),
      productIds: idsIn(products),
    })),
  };
}
