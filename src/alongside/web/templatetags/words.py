"""The words of the standard in templates."""

from django import template

register = template.Library()
