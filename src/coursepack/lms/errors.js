// @ts-check
/** Error codes of both editions and what they are called ([1.2-RTE] 3.3.4; [4-RTE] 3.1.7). */

/** @typedef {'type' | 'range' | 'duplicate' | 'index' | 'order' | 'readonly' | 'writeonly' | 'keyword' | 'unknown' | 'unset' | 'children' | 'count' | 'version' | 'missing'} Kind */

/** The code for what is wrong with an element or a value. @type {Record<'scorm12' | 'get' | 'set', Record<Kind, string>>} */
export const CODES = {
  scorm12: {
    type: '405', range: '405', duplicate: '201', index: '201', order: '201', readonly: '403', writeonly: '404', keyword: '402',
    unknown: '401', unset: '0', children: '202', count: '203', version: '401', missing: '201'
  },
  get: {
    type: '301', range: '301', duplicate: '301', index: '301', order: '301', readonly: '404', writeonly: '405', keyword: '404',
    unknown: '401', unset: '403', children: '301', count: '301', version: '301', missing: '301'
  },
  set: {
    type: '406', range: '407', duplicate: '351', index: '351', order: '408', readonly: '404', writeonly: '405', keyword: '404',
    unknown: '401', unset: '351', children: '401', count: '401', version: '401', missing: '351'
  }
}

/** @type {Record<string, string>} */
const WORDS12 = {
  0: 'No error',
  101: 'General exception',
  201: 'Invalid argument error',
  202: 'Element cannot have children',
  203: 'Element not an array. Cannot have count',
  301: 'Not initialized',
  401: 'Not implemented error',
  402: 'Invalid set value, element is a keyword',
  403: 'Element is read only',
  404: 'Element is write only',
  405: 'Incorrect data type'
}

/** @type {Record<string, string>} */
const WORDS2004 = {
  0: 'No Error',
  101: 'General Exception',
  102: 'General Initialization Failure',
  103: 'Already Initialized',
  104: 'Content Instance Terminated',
  111: 'General Termination Failure',
  112: 'Termination Before Initialization',
  113: 'Termination After Termination',
  122: 'Retrieve Data Before Initialization',
  123: 'Retrieve Data After Termination',
  132: 'Store Data Before Initialization',
  133: 'Store Data After Termination',
  142: 'Commit Before Initialization',
  143: 'Commit After Termination',
  201: 'General Argument Error',
  301: 'General Get Failure',
  351: 'General Set Failure',
  391: 'General Commit Failure',
  401: 'Undefined Data Model Element',
  402: 'Unimplemented Data Model Element',
  403: 'Data Model Element Value Not Initialized',
  404: 'Data Model Element Is Read Only',
  405: 'Data Model Element Is Write Only',
  406: 'Data Model Element Type Mismatch',
  407: 'Data Model Element Value Out Of Range',
  408: 'Data Model Dependency Not Established'
}

/** '' for a code that the edition does not have. @param {boolean} first SCORM 1.2 @param {string} code */
export function errorString(first, code) {
  const words = first ? WORDS12 : WORDS2004
  return Object.hasOwn(words, code) ? words[code] : ''
}

/** Names of the functions and the codes of calls at the wrong time: [before Initialize, after Terminate]. */
export const FUNCTIONS = {
  scorm12: {
    initialize: 'LMSInitialize', terminate: 'LMSFinish', get: 'LMSGetValue', set: 'LMSSetValue', commit: 'LMSCommit',
    lastError: 'LMSGetLastError', errorString: 'LMSGetErrorString', diagnostic: 'LMSGetDiagnostic',
    wrong: { initialize: ['101', '101'], terminate: ['301', '301'], get: ['301', '301'], set: ['301', '301'], commit: ['301', '301'] },
    failed: { commit: '101', terminate: '101' }
  },
  scorm2004: {
    initialize: 'Initialize', terminate: 'Terminate', get: 'GetValue', set: 'SetValue', commit: 'Commit',
    lastError: 'GetLastError', errorString: 'GetErrorString', diagnostic: 'GetDiagnostic',
    wrong: { initialize: ['103', '104'], terminate: ['112', '113'], get: ['122', '123'], set: ['132', '133'], commit: ['142', '143'] },
    failed: { commit: '391', terminate: '111' }
  }
}
