/** Keys of the only account; with a token, as temporary ones have. The signs are those that real ones are made of. */
export const key = {
  secretId: 'AKIDofTheLeakTest',
  secretKey: 'Zm9rKeyOfTheLeakTest0123456789ab',
  token: 'TokenOfTheLeakTest-0123456789-abcdef',
  written: 'AKIDofTheLeakTest:Zm9rKeyOfTheLeakTest0123456789ab:TokenOfTheLeakTest-0123456789-abcdef@100000000009',
};

export const account = '100000000009';

/** Typed, and refused at first. */
export const password = 'Typed-1_secret/%20';
