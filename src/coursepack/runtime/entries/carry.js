import { carry } from '../changes.js'

coursepack.carry(carry)
