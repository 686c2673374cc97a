"""What a customer complained of: the part of the customer's page that only a room above both can show."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from wenguo.accounts.access import signed_in
from wenguo.complaints.choices import STATUS_KIND, Status
from wenguo.customers.access import get_customer_for
from wenguo.customers.models import Customer
from wenguo.desk.queries.people import complaints_of


@login_required
@require_GET
def complaints(request: HttpRequest, customer: int) -> HttpResponse:
    """Loaded into the customer's page."""
    user = signed_in(request.user)
    try:
        found = get_customer_for(user, customer)
    except Customer.DoesNotExist as gone:
        raise Http404 from gone
    rows = [(one, STATUS_KIND[Status(one.status)]) for one in complaints_of(user, found)]
    return render(request, "desk/_customer_complaints.html", {"rows": rows})
