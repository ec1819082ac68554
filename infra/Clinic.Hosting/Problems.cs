using Clinic.EventLog;
using Clinic.Hosting.Access;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Clinic.Hosting;

/// <summary>Every failure as application/problem+json with a stable <c>code</c> and, where there is one, the <c>field</c>.</summary>
public sealed class Problems(ILogger<Problems> logger) : IExceptionHandler
{
    /// <summary>Refusals that no exception of ours stands behind, such as a missing token or an unknown path, have a code, too.</summary>
    public static void Name(ProblemDetailsOptions options) => options.CustomizeProblemDetails = static context =>
        context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status switch
        {
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            405 => "method_not_allowed",
            413 => "too_large",
            415 => "unsupported_media_type",
            429 => "too_many_requests",
            var status => $"status_{status}"
        });

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, code, title) = exception switch
        {
            MalformedException or FluentValidation.ValidationException or FormatException => (400, "", "Bad input"),
            BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode switch { 413 => "too_large", 415 => "unsupported_media_type", _ => "malformed" }, "Bad request"),
            ChallengeException challenge => (401, challenge.Code, "Unauthorized"),
            NotFoundException => (404, "not_found", "Not Found"),
            StaleFactsException => (503, "", "Who may cannot be decided right now"),
            ForbiddenException forbidden => (403, forbidden.Code, "Forbidden"),
            VersionConflictException { Expected: true } => (412, "version_mismatch", "Precondition failed"),
            VersionConflictException => (409, "conflict", "Conflict"),
            Contracts.RuleViolation => (409, "", "A rule refuses this"),
            Contracts.PersonalDataErasedException => (409, Contracts.PersonalDataErasedException.Code, "Erased"),
            Contracts.PersonalDataUnavailableException => (503, Contracts.PersonalDataUnavailableException.Code, "The key store is unavailable"),
            Clinic.EventLog.Keys.PersonalKeyException => (500, "integrity", "The key store does not fit what is stored"),
            IntegrityException => (500, "integrity", "Stored history does not verify"),
            NpgsqlException => (503, "database_unavailable", "The database is unavailable"),
            _ => (500, "internal", "Internal error")
        };
        var refusal = Refusals.Of(exception, null);
        if (status >= 500) logger.LogError("{Method} {Route} failed: {Error}", httpContext.Request.Method, httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName,
            exception is IntegrityException ? exception.Message : exception.GetType().Name);

        // a pattern of these is somebody trying; the path would name whom they tried it on
        if (status is 401 or 403 or 404)
            logger.LogInformation("{Method} {Route} refused to {Role}: {Code}", httpContext.Request.Method,
                httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName, httpContext.User.FindFirst("role")?.Value, code);

        var problem = new ProblemDetails { Status = status, Title = title, Detail = refusal?.Reason ?? (status < 500 ? exception.Message : null) };
        problem.Extensions["code"] = code.Length > 0 ? code : refusal!.Code;
        if (refusal?.Field is { } field) problem.Extensions["field"] = field;
        if (exception is FluentValidation.ValidationException invalid)
            problem.Extensions["errors"] = invalid.Errors.Select(e => new { field = e.PropertyName, message = e.ErrorMessage }).ToArray();
        if (exception is ChallengeException { Challenge: var wanted }) httpContext.Response.Headers.WWWAuthenticate = wanted;
        if (exception is StaleFactsException) httpContext.Response.Headers.RetryAfter = "2";
        if (exception is VersionConflictException { Actual: { } actual }) httpContext.Response.Headers.ETag = $"\"{actual}\"";
        httpContext.Response.StatusCode = status;
        await httpContext.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", cancellationToken);
        return true;
    }
}
