using Clinic.Consent.Domain;
using Clinic.Consent.Service.Register;
using Clinic.Consent.Service.Views;
using Clinic.EventLog;
using Clinic.EventLog.Keys;
using Clinic.Hosting;

namespace Clinic.Consent.Service.Http;

/// <summary>The clinic's record of processing activities, generated when it is asked for.</summary>
internal static class RegisterRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/processing-register", async Task<IResult> (
            string? format, HttpContext http, ClinicalRead read, IEventStore store, Database database, FieldEncryption fields, RegisterSettings settings, TimeProvider time,
            CancellationToken ct) =>
        {
            if (format is not (null or "json" or "html")) throw new MalformedException("format", "'format' is json or html.");
            var tenant = read.Lists().Tenant;
            var retention = (await store.Load<RetentionTerms>(tenant, RetentionTerms.StreamId, default, ct)).State;
            var register = ProcessingRegister.Of(tenant, time.GetUtcNow(), settings.GetValueOrDefault(tenant), await Recipients.Read(database, fields, tenant, ct), retention);
            // it names no client, and that is on record, too
            await read.RecordList("processing-register", [], ct);
            http.Response.Headers.CacheControl = "no-store";
            return format == "html" ? TypedResults.Text(RegisterPage.Of(register), "text/html; charset=utf-8") : TypedResults.Ok(register);
        }).WithName("processing-register").WithTags("queries").Produces<ProcessingRegister>();
}
