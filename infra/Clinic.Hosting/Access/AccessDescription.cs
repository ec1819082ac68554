using System.Text.Json;
using Clinic.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Clinic.Hosting.Access;

/// <summary>A service's policy table, its doors and whom it follows as JSON: docs/access.md is written from it, and every door must have a row.</summary>
internal static class AccessDescription
{
    public static Task Write(WebApplication app, ClinicService service, string file)
    {
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => new
            {
                operation = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
                methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [],
                path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
            }).ToArray();
        var follows = service.Reactions.Select(from => from.Producer).ToArray();
        var queues = service.Ingress(app.Services).Select(route => route.Contract).ToArray();
        var rows = service.Access.Rows.Select(row => new
        {
            row.Operation,
            row.Roles,
            Reach = row.Reach.ToString(),
            Shows = row.Shows.ToString(),
            row.NeedsStepUp,
            row.ToleratesStaleFacts,
            PeersOfTheSession = row.Practitioner is not null
        });
        return File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { routes, follows, queues, rows }, ContractJson.Options));
    }
}
