using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Clinic.Hosting;

/// <summary>
/// Requests per second that one subject and one clinic may make of one instance, each with a burst of ten seconds' worth:
/// <c>Limits__SubjectPerSecond</c> (default 50), <c>Limits__TenantPerSecond</c> (default 500). Without a valid token the
/// address of the connection counts as a subject; what a proxy says of it does not.
/// </summary>
internal static class RateLimits
{
    private const int BurstSeconds = 10;

    public static void AddClinicRateLimits(this WebApplicationBuilder builder)
    {
        var subject = builder.Configuration.GetValue("Limits:SubjectPerSecond", 50);
        var tenant = builder.Configuration.GetValue("Limits:TenantPerSecond", 500);
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = static (context, _) =>
            {
                var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)) : 1;
                context.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
            options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(http, Subject(http), subject)),
                PartitionedRateLimiter.Create<HttpContext, string>(http => Partition(http, http.User.FindFirst("tenant")?.Value ?? "", tenant)));
        });
    }

    private static RateLimitPartition<string> Partition(HttpContext http, string key, int perSecond) =>
        // health is asked by the deployment, and must not depend on who else asks what
        http.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || perSecond <= 0
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond * BurstSeconds,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0
            });

    private static string Subject(HttpContext http) => http.User.Identity?.IsAuthenticated == true
        ? $"{http.User.FindFirst("iss")?.Value} {http.User.FindFirst("sub")?.Value}"
        : $"{http.Connection.RemoteIpAddress}";
}
