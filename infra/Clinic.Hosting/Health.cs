using Clinic.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Clinic.Hosting;

/// <summary>
/// Ready means database and schema (decision 16): commands are taken while the broker is away. Everything else that is wrong
/// shows as degraded, with its name.
/// </summary>
public sealed class DatabaseHealth(Database database, Alarms alarms) : IHealthCheck
{
    internal const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.Reader.CreateCommand("select service from clinic.installation");
            if (await command.ExecuteScalarAsync(cancellationToken) is null) return HealthCheckResult.Unhealthy("the schema is not complete: run migrate");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"database: {e.GetType().Name}");
        }
        var active = alarms.Active;
        return active.Count == 0 ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join(", ", active.Keys.Order()), data: active.ToDictionary(a => a.Key, a => (object)a.Value));
    }
}

internal static class HealthEndpoints
{
    public static void MapClinicHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithName("health-live").AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            // ours alone: MassTransit's own check would call a service without a broker unhealthy
            Predicate = check => check.Name == DatabaseHealth.Name,
            ResponseWriter = static (http, report) => http.Response.WriteAsJsonAsync(new
            {
                status = report.Status.ToString().ToLowerInvariant(),
                alarms = report.Entries.Values.SelectMany(e => e.Data).ToDictionary(d => d.Key, d => d.Value),
                detail = report.Entries.Values.Select(e => e.Description).FirstOrDefault(d => d is not null)
            })
        }).WithName("health-ready").AllowAnonymous();
    }
}
