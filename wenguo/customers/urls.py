"""Below /desk/customers/."""

from django.urls import path

from wenguo.customers.views import pages, parts

app_name = "customers"

urlpatterns = [
    path("", pages.customer_list, name="list"),
    path("find/", pages.find, name="find"),
    path("pick/", pages.pick, name="pick"),
    path("new/", pages.new, name="new"),
    path("<int:pk>/", pages.customer, name="page"),
    path("<int:pk>/panel/", pages.panel, name="panel"),
    path("<int:pk>/edit/", pages.edit, name="edit"),
    path("<int:pk>/reveal/", pages.reveal, name="reveal"),
    path("<int:pk>/merge/", pages.merge, name="merge"),
    path("<int:pk>/consent/", pages.consent, name="consent"),
    path("<int:pk>/contacts/add/", pages.add_interaction, name="add_interaction"),
    path("<int:pk>/contact-points/add/", parts.add_contact_point, name="add_contact_point"),
    path("<int:pk>/contact-points/<int:point>/", parts.edit_contact_point, name="edit_contact_point"),
    path("<int:pk>/contact-points/<int:point>/remove/", parts.remove_contact_point, name="remove_contact_point"),
    path("<int:pk>/products/add/", parts.add_holding, name="add_holding"),
    path("<int:pk>/products/<int:holding>/", parts.edit_holding, name="edit_holding"),
    path("<int:pk>/products/<int:holding>/remove/", parts.remove_holding, name="remove_holding"),
]
