"""What all faces share: middleware, form keys, guards of views, htmx answers, paging, downloads, error pages."""
