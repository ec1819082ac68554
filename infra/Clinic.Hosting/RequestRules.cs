using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Clinic.Hosting;

/// <summary>What holds for every request and answer, whatever the route.</summary>
internal static class RequestRules
{
    private static readonly string[] Overrides = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"];

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post];

    /// <summary>Answers are for their caller alone and are data, never pages.</summary>
    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (http, next) =>
    {
        // set last, so that an error page has them, too
        http.Response.OnStarting(static state =>
        {
            var (request, headers) = (((HttpContext)state).Request, ((HttpContext)state).Response.Headers);
            // tiles alone say otherwise: they never change and tell of nobody
            if (headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            if (request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    /// <summary>Refuses what two readers could read differently, before anybody reads it.</summary>
    public static void UseRequestRules(this WebApplication app) => app.Use(static (http, next) =>
    {
        var (request, headers) = (http.Request, http.Request.Headers);
        if (!Methods.Contains(request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }
        if (Array.Exists(Overrides, headers.ContainsKey)) throw Refused("A method cannot be overridden.");
        // Kestrel puts the length aside when both are there (RFC 9112 6.1); a proxy in front may have believed it
        if (headers.ContainsKey("X-Content-Length") && headers.TransferEncoding.Count > 0)
        {
            headers.Connection = "close";
            http.Response.Headers.Connection = "close";
            throw Refused("Content-Length and Transfer-Encoding exclude each other.");
        }
        if (headers.ContentEncoding.Count > 0) throw new BadHttpRequestException("A body is sent as it is, without 'Content-Encoding'.", StatusCodes.Status415UnsupportedMediaType);
        return next(http);
    });

    private static BadHttpRequestException Refused(string reason) => new(reason, StatusCodes.Status400BadRequest);
}
