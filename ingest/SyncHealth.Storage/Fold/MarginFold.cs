using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Fold;

/// <summary>Moves the sums of a fold into the margins, in its transaction, and compacts sketches that grew by concatenation.</summary>
internal sealed class MarginFold
{
    /// <summary>Grains of <c>rollup_margin</c>.</summary>
    private const short FiveMinutes = 1;
    private const short Hours = 2;
    private const short Days = 3;

    private static readonly string Sql = SqlFile.Beside<MarginFold>("FoldMargins");
    private static readonly string Compact = SqlFile.Beside<MarginFold>("CompactMargins");
    private static readonly string ListCoreValues = SqlFile.Beside<MarginFold>("ListCoreValues");
    private static readonly string ListFineValues = SqlFile.Beside<MarginFold>("ListFineValues");

    /// <summary>What is known of segments: they are committed before the first increment of theirs, and never change.</summary>
    private readonly Dictionary<int, SegmentValues> _cores = [];
    private readonly Dictionary<int, SegmentValues> _segments = [];

    public async Task FoldAsync(NpgsqlTransaction transaction, CoreSums sums, FoldPace pace, CancellationToken cancellationToken)
    {
        await LearnAsync(transaction, ListCoreValues, sums.Hours.Ids.Concat(sums.Minutes.Ids), _cores, cancellationToken);
        await LearnAsync(transaction, ListFineValues, sums.FineHours.Ids, _segments, cancellationToken);
        var margins = new MarginSums();
        margins.Add(sums, _cores, _segments);
        foreach (var (grain, rows) in new[] { (FiveMinutes, margins.FiveMinutes), (Hours, margins.Hours), (Days, margins.Days) })
            foreach (var parameters in rows.ToParameters(CoreFold.MaxRows))
            {
                await UpsertAsync(transaction, grain, parameters, margins.NameOf, cancellationToken);
                await pace.RestAsync(cancellationToken);
            }
    }

    private static async Task LearnAsync(
        NpgsqlTransaction transaction, string sql, IEnumerable<int> ids, Dictionary<int, SegmentValues> known, CancellationToken cancellationToken)
    {
        var unknown = ids.Where(id => !known.ContainsKey(id)).Distinct().ToArray();
        if (unknown.Length == 0)
            return;
        var found = await transaction.Connection!.QueryAsync<SegmentValues>(
            new CommandDefinition(sql, new { ids = unknown }, transaction, cancellationToken: cancellationToken));
        foreach (var values in found)
            known.Add(values.Id, values);
    }

    private static async Task UpsertAsync(
        NpgsqlTransaction transaction, short grain, DynamicParameters parameters, Func<int, MarginName> nameOf, CancellationToken cancellationToken)
    {
        var names = Array.ConvertAll(parameters.Get<int[]>("id"), number => nameOf(number));
        parameters.Add("grain", grain);
        parameters.Add("apps", Array.ConvertAll(names, name => name.AppId));
        parameters.Add("dimensions", Array.ConvertAll(names, name => name.Dimension));
        parameters.Add("environments", Array.ConvertAll(names, name => name.Environment));
        parameters.Add("values", Array.ConvertAll(names, name => name.Value));
        parameters.Add("MaxSketchBytes", CompactSketches.WorthALookBytes);
        var grown = await transaction.Connection!.QueryAsync<GrownMargin>(new CommandDefinition(Sql, parameters, transaction, cancellationToken: cancellationToken));
        var worth = grown.Select(row => (Row: row, Sketches: CompactSketches.Of(row.SuccessSketch, row.OtherSketch))).Where(pair => pair.Sketches is not null).ToList();
        if (worth.Count > 0)
            await CompactAsync(transaction, grain, worth, cancellationToken);
    }

    /// <summary>Replaces the sketches of margins of one grain, in the transaction that read them under the fold's lock.</summary>
    public static Task<int> CompactAsync(
        NpgsqlTransaction transaction, short grain, List<(GrownMargin Row, CompactSketches? Sketches)> grown, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            Compact,
            new
            {
                grain,
                apps = grown.Select(pair => pair.Row.AppId).ToArray(),
                dimensions = grown.Select(pair => pair.Row.Dimension).ToArray(),
                environments = grown.Select(pair => pair.Row.Environment).ToArray(),
                values = grown.Select(pair => pair.Row.Value).ToArray(),
                ats = grown.Select(pair => pair.Row.At).ToArray(),
                successes = grown.Select(pair => pair.Sketches!.Success).ToArray(),
                others = grown.Select(pair => pair.Sketches!.Other).ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken));
}
