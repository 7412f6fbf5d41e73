/** A refusal as the API words it: HTTP 200 with `Response.Error`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** `Group` or `Group.Detail`, from the documented lists. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Words in Chinese for the refusals met most often; the others come in English whatever the language. */
const chinese: ReadonlyMap<string, string> = new Map([
  ['AuthFailure.SecretIdNotFound', '密钥不存在，请确认 SecretId 是否正确。'],
  ['AuthFailure.SignatureExpire', '签名已过期，请检查本地时间是否准确。'],
  ['AuthFailure.SignatureFailure', '签名错误，请检查 SecretKey 和签名内容。'],
  ['AuthFailure.TokenFailure', '临时凭证的 Token 错误或已过期。'],
  ['InvalidParameter.InstanceNameExist', '实例名已存在。'],
  ['OperationDenied.NotSupportZoneError', '该可用区不支持 Serverless。'],
  ['RequestLimitExceeded', '请求的次数超过了频率限制。'],
  ['ResourceNotFound.InstanceNotFoundError', '实例不存在。'],
]);

/** The message in the language of X-TC-Language. @param language `zh-CN`, `en-US` or empty */
export function messageIn(language: string, error: ApiError): string {
  return language === 'zh-CN' ? (chinese.get(error.code) ?? error.message) : error.message;
}
