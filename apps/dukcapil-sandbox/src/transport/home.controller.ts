import { Controller, Get, Header } from '@nestjs/common';
import { HOME_PAGE } from './home-page.js';

@Controller()
export class HomeController {
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  page(): string {
    return HOME_PAGE;
  }
}
