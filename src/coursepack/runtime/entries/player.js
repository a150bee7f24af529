import { begin } from '../begin.js'

coursepack.player(begin)
