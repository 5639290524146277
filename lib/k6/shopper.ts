// What a virtual user does with every order (extension/shopper): its number, its time, its tag, a hash, its requests.

export type { Answer, Send } from 'k6/x/shopper';
export { default as shopper } from 'k6/x/shopper';
