import { runService } from '@absah/service-kit';
import { ikdGatewayService } from './ikd-gateway.service.js';

await runService(ikdGatewayService);
