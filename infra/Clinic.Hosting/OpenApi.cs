using System.Reflection;
using System.Text.Json.Nodes;
using Clinic.Contracts;
using Clinic.Contracts.Messaging;
using Clinic.Hosting.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Clinic.Hosting;

/// <summary>
/// The HTTP interface as OpenAPI: what the endpoints cannot say of themselves is added here, once for all services. Served at
/// <c>/openapi/v1.json</c> and committed as <c>docs/openapi/{service}.json</c>.
/// </summary>
internal static class OpenApi
{
    private const string Document = "v1";
    private const string Bearer = "bearer";
    private const string Release = "release";
    private const string ProblemSchema = "Problem";

    public static void AddClinicOpenApi(this IServiceCollection services, ClinicService service) => services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) => Complete(document, service.Name));
        options.AddOperationTransformer((operation, context, _) => Complete(operation, context, service));
        options.AddSchemaTransformer(Describe);
    });

    /// <summary>Writes the document of an app that was built and mapped but never started: no server is needed.</summary>
    public static async Task Write(WebApplication app, string file)
    {
        // hands the endpoints to the API explorer, as starting would
        app.UseRouting();
        app.UseEndpoints(static _ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>(Document).GetOpenApiDocumentAsync();
        await File.WriteAllTextAsync(file, (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)).ReplaceLineEndings("\n") + "\n");
    }

    private static Task Complete(OpenApiDocument document, string service)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Clinic: " + service,
            Version = Document,
            Description = "Commands have the same JSON here and on the bus (asyncapi.yaml). Every failure is application/problem+json with a stable code."
        };
        // addresses are the deployment's
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                BearerFormat = "JWT",
                Description = "Access token (RFC 9068) with sub, iat, role and tenant; audience " + service + ". For a step-up also acr and auth_time."
            },
            [Release] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "Authorization",
                Description = "`Release` and a release (JWS, ES256) signed for this owner, valid for a minute; only services of the installation hold one."
            }
        };
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[ProblemSchema] = Problem();
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, ClinicService service)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var open = metadata.OfType<IAllowAnonymous>().Any();
        var command = ContractTypes.Find(operation.OperationId ?? "");
        var row = service.Access.Find(operation.OperationId);
        var clinical = row?.Shows == Shows.Record;
        var path = context.Description.ParameterDescriptions.Any(p => p.Source.Id == "Path");

        var refusals = new List<int> { 400, 401, 503 };
        if (!open) refusals.Add(403);
        if (path) refusals.Add(404);
        refusals.Add(429);
        if (context.Description.HttpMethod == "POST") refusals.AddRange([413, 415]);
        if (clinical || context.Description.HttpMethod == "POST") refusals.Add(409);
        if (command is not null) refusals.Add(412);
        operation.Responses ??= [];
        foreach (var status in refusals.Order()) operation.Responses[$"{status}"] = Refusal(status, context.Document!);

        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(open ? Release : Bearer, context.Document)] = [] }];
        if (command is not null) Command(operation, command, service.Ingress(context.ApplicationServices).Any(route => route.Contract == operation.OperationId));
        if (metadata.OfType<MethodInfo>().Any(m => m.GetParameters().Any(p => p.ParameterType == typeof(Page)))) Paged(operation);
        if (row?.Shows == Shows.List) operation.Parameters = [.. operation.Parameters ?? [], Purpose(required: false)];
        if (clinical)
            operation.Parameters = [.. operation.Parameters ?? [], Purpose(required: true),
                Header("Receipt", false, "Receipt of an accepted command: the answer waits, at most five seconds, until this view has seen it.", "uuid")];
        return Task.CompletedTask;
    }

    private static void Command(OpenApiOperation operation, Type command, bool onBus)
    {
        operation.Summary = ContractDocs.Of(command);
        operation.Parameters = [.. operation.Parameters ?? [],
            Header("Idempotency-Key", false, "Recognises a repeat, which gets the first answer; at most 200 printable characters."),
            Header("If-Match", false, "The stream's version the decision rests on, in quotes; another version is refused with 412."),
            Header("Correlation-Id", false, "The conversation this belongs to; without it the command begins one."), Purpose(required: false)];
        if (operation.Responses!["200"] is OpenApiResponse accepted)
            accepted.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = new OpenApiHeader { Description = "The stream's version afterwards.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } }
            };
        if (onBus) operation.AddExtension("x-amqp-queue", new JsonNodeExtension(JsonValue.Create(operation.OperationId!)));
    }

    private static void Paged(OpenApiOperation operation)
    {
        operation.Parameters = [.. operation.Parameters ?? [],
            new OpenApiParameter
            {
                Name = "limit",
                In = ParameterLocation.Query,
                Description = "Most rows to answer with.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = $"{Page.Most}" }
            },
            new OpenApiParameter
            {
                Name = "cursor",
                In = ParameterLocation.Query,
                Description = "The answer before's Next-Cursor.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String }
            }];
        if (operation.Responses!["200"] is OpenApiResponse rows)
            rows.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Next-Cursor"] = new OpenApiHeader { Description = "Asks for the next rows; missing when there are none.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } }
            };
    }

    private static OpenApiParameter Purpose(bool required)
    {
        var parameter = Header("Purpose-Of-Use", required, "HL7 v3 ActReason code.");
        parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Http.Purposes.Order().Select(code => (JsonNode)code)] };
        return parameter;
    }

    private static OpenApiParameter Header(string name, bool required, string description, string? format = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format }
    };

    private static OpenApiResponse Refusal(int status, OpenApiDocument document) => new()
    {
        Description = status switch
        {
            400 => "Bad input; the field is named.",
            401 => "No valid credential, or a stronger and more recent login is needed: WWW-Authenticate says which.",
            403 => "Known, but may not.",
            404 => "Not there, or not for this caller.",
            409 => "A rule refuses it; the code says which.",
            413 => "More than 64 KiB.",
            415 => "Not JSON in UTF-8, or encoded.",
            429 => "Too many requests; Retry-After says when to come again.",
            412 => "The stream is not at the version of If-Match.",
            _ => "The database is unavailable; nothing was changed."
        },
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(ProblemSchema, document) }
        }
    };

    private static OpenApiSchema Problem()
    {
        static OpenApiSchema Text(string? description = null) => new() { Type = JsonSchemaType.String, Description = description };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457, with a code.",
            Required = new HashSet<string> { "status", "title", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text(),
                ["title"] = Text(),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("For a person."),
                ["code"] = Text("Stable: `malformed`, `invalid`, `conflict`, `version_mismatch`, `forbidden`, … or the code of a broken rule."),
                ["field"] = Text("The member or header that was wrong, where one was."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Every member that was wrong, with code `invalid`.",
                    Items = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Properties = new Dictionary<string, IOpenApiSchema> { ["field"] = Text(), ["message"] = Text() }
                    }
                },
                ["traceId"] = Text()
            }
        };
    }

    private static Task Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        var type = context.JsonTypeInfo.Type;
        var ours = type.Assembly == typeof(ContractTypes).Assembly;
        // commands are read strictly; who reads our answers must let new members pass
        if (!ours || type.Namespace == typeof(CommandAccepted).Namespace) schema.AdditionalPropertiesAllowed = true;
        if (context.JsonPropertyInfo is not null || !ours) return Task.CompletedTask;
        schema.Description = ContractDocs.Of(type);
        foreach (var (name, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            if (property is OpenApiSchema inline && ContractDocs.Of(type, name) is { } text) inline.Description = text;
        return Task.CompletedTask;
    }
}
