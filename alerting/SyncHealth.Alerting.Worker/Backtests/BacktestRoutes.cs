using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Worker.Backtests;

/// <summary><c>POST /api/v1/rules/backtest</c>: a rule file in, what its rules would have done out. Changes nothing.</summary>
public static class BacktestRoutes
{
    /// <summary>The media type of a rule file. No form can send it, so no foreign page can ask.</summary>
    public const string MediaType = "application/yaml";

    private static readonly TimeSpan DefaultSince = TimeSpan.FromDays(7);
    private static readonly TimeSpan DefaultEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MinEvery = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Maps the route into the group of read routes, whose access holds for it.</summary>
    public static void Map(RouteGroupBuilder read)
    {
        ArgumentNullException.ThrowIfNull(read);
        read.MapPost("/rules/backtest", RunAsync)
            .WithName("rulesBacktest")
            .WithSummary("What a rule file would have done over stored data: ?since=30d&every=5m, the file as body (application/yaml).")
            .Accepts<string>(MediaType)
            .Produces<BacktestReport>()
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
    }

    private static async Task<IResult> RunAsync(HttpRequest request, Backtest backtest, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (request.ContentType?.Split(';')[0].Trim() != MediaType)
            return Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"Send the rule file as {MediaType}.");
        if (ReadLength(request, "since", DefaultSince) is not { } since || since <= TimeSpan.Zero || since > Backtest.MaxLength)
            return Problem(StatusCodes.Status400BadRequest, "invalid_parameter", $"since: must be a duration up to {Durations.Format(Backtest.MaxLength)}. {Durations.Syntax}.");
        if (ReadLength(request, "every", DefaultEvery) is not { } every || every < MinEvery || every > since || every.Ticks % TimeSpan.TicksPerMinute != 0)
            return Problem(StatusCodes.Status400BadRequest, "invalid_parameter", "every: must be whole minutes, at most 'since'.");

        var reading = RuleDocumentReader.Read(await ReadBodyAsync(request, cancellationToken));
        if (reading.Document is not { } document)
            return Problem(StatusCodes.Status400BadRequest, "invalid_rules", string.Join(Environment.NewLine, reading.Problems));
        if (Backtest.CountEvaluations(document.Rules.Count, since, every) > Backtest.MaxEvaluations)
            return Problem(StatusCodes.Status400BadRequest, "invalid_parameter", $"every: {document.Rules.Count} rules over {Durations.Format(since)} are more than {Backtest.MaxEvaluations} evaluations; raise it.");
        return TypedResults.Json(await backtest.RunAsync(document.Rules, since, every, clock.GetUtcNow(), cancellationToken), Json);
    }

    /// <summary>The body, one character more than a rule file may have at most.</summary>
    private static async Task<string> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body);
        var buffer = new char[RuleDocumentReader.MaxLength + 1];
        var read = await reader.ReadBlockAsync(buffer, cancellationToken);
        return new string(buffer, 0, read);
    }

    private static TimeSpan? ReadLength(HttpRequest request, string name, TimeSpan fallback)
    {
        if (request.Query[name].LastOrDefault() is not { Length: > 0 } text)
            return fallback;
        return Durations.TryParse(text, out var length) ? length : null;
    }

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?> { ["code"] = code });
}
