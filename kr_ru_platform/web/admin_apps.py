from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "kr_ru_platform.web.admin_site.PortalAdminSite"
