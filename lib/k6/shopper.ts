// What a virtual user asks for with every order (extension/shopper): its number, its time, its tag, a hash.

export { default as shopper } from 'k6/x/shopper';
