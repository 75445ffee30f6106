"""Orders: an API whose routes are protected by Sallyport."""

from django.http import JsonResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.views import View
from sallyport.django import require, user_of


class Orders(View):
    def get(self, request):
        return JsonResponse({"orders_of": user_of(request).id})

    @method_decorator(require(max_age=300))
    def delete(self, request):
        return JsonResponse({"deleted_orders_of": user_of(request).id})


@require(role="admin")
def reports(request):
    return JsonResponse({"reports_for": user_of(request).id})


def healthz(request):
    return JsonResponse({"status": "ok"})


urlpatterns = [path("orders", Orders.as_view()), path("reports", reports), path("healthz", healthz)]
