import { delivery } from '../xapi/delivery.js'

coursepack.delivery = delivery
