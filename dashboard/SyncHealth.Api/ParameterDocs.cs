using Microsoft.OpenApi;

namespace SyncHealth.Api;

/// <summary>Describes query parameters in the OpenAPI document: they are read by hand, because the framework's binder would not say what is allowed.</summary>
internal static class ParameterDocs
{
    public static readonly IReadOnlyList<(string Name, string Description)> OfDistribution =
    [
        ("app", "Name of the app. Required."),
        ("metric", "duration, queue_depth, oldest_pending or staleness. Required."),
        ("from", "Inclusive start: ISO 8601 or milliseconds since 1970. Default: 24 hours before 'to'."),
        ("to", "Exclusive end. Default: now."),
        ("since", "Instead of 'from': how far before 'to' to start, such as 1h or 7d."),
        ("by", "Comma list of app_version, os, os_version, network, type, trigger, device_model, environment, outcome, error_kind, tag:NAME."),
        ("filter", "dimension:value; may be repeated: one dimension twice means either, different dimensions mean both."),
        ("clock", "event (default) or arrival."),
        ("asOf", "A past moment: the answer is what was known then, to the event; as far back as raw events are kept (30 days). Default: now."),
    ];

    public static readonly IReadOnlyList<(string Name, string Description)> OfVitals =
    [
        .. OfDistribution.Where(parameter => parameter.Name != "metric"),
        ("step", "1m, 5m, 1h, 1d or seconds. Default: one row per group for the whole range."),
        ("queueThreshold", "Queue depth above which a device counts in devicesOver. Default: 1000."),
        ("tz", "IANA time zone in which days begin. Default: UTC."),
    ];

    public static readonly IReadOnlyList<(string Name, string Description)> OfDevices =
    [
        .. OfDistribution.Where(parameter => parameter.Name is "app" or "filter"),
        ("limit", "Devices to list, 1 to 1000. Default: 10."),
    ];

    public static Task Add(OpenApiOperation operation, IReadOnlyList<(string Name, string Description)> parameters) =>
        Add(operation, parameters, ["app", "metric"]);

    /// <summary>Adds to the parameters that the path has.</summary>
    public static Task AddToPath(OpenApiOperation operation, IReadOnlyList<(string Name, string Description)> parameters)
    {
        IReadOnlyList<IOpenApiParameter> path = [.. operation.Parameters ?? []];
        Add(operation, parameters);
        operation.Parameters = [.. path, .. operation.Parameters!];
        return Task.CompletedTask;
    }

    public static Task Add(OpenApiOperation operation, IReadOnlyList<(string Name, string Description)> parameters, IReadOnlyCollection<string> required)
    {
        operation.Parameters = [.. parameters.Select(parameter => new OpenApiParameter
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            Required = required.Contains(parameter.Name),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        })];
        return Task.CompletedTask;
    }
}
