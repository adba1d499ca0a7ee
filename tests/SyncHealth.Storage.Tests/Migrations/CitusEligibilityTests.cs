using Dapper;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Migrations;

/// <summary>
/// Keeps the schema such that Citus could distribute it: tables of devices by <c>device_key</c>, rollups by segment, everything small
/// copied to every node. A new table has to be put into one of the three groups here.
/// </summary>
public sealed class CitusEligibilityTests : IAsyncLifetime
{
    /// <summary>Columns that a table may be distributed by.</summary>
    private static readonly string[] Distribution = ["device_key", "core_id", "segment_id"];

    /// <summary>Small tables that every node would hold whole: dictionaries, settings, alerts.</summary>
    private static readonly string[] Reference =
    [
        "installation", "migration", "app", "app_setting", "ingest_key", "silence", "process", "fleet_base", "core_segment", "segment", "device_profile", "error", "outcome", "marker",
        "known_name", "promoted_value", "app_profile", "conflict_class", "rollup_lag", "rollup_margin", "fleet_margin", "device_margin", "release_seen", "release_notice", "receiver_test", "erased_key", "erasure",
        "account", "invitation", "session", "intake_tally", "server_log", "device_pause_day", "index_build", "device_minute_hour",
    ];

    /// <summary>Prefixes of further groups of small tables.</summary>
    private static readonly string[] ReferencePrefixes = ["alert", "lag_"];

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Tables_AreReferenceTablesOrHaveADistributionColumn() => Assert.Empty(
        (await ColumnsAsync()).Where(table => !IsReference(table.Key) && !table.Value.Overlaps(Distribution)).Select(table => table.Key));

    [Fact]
    public async Task UniqueKeys_OfDistributedTables_HoldADistributionColumn()
    {
        var keys = await QueryAsync<(string Table, string Index, string Columns)>("""
            select c.relname::text, i.relname::text, (select string_agg(a.attname, ' ') from unnest(x.indkey::int2[]) k join pg_attribute a on a.attrelid = c.oid and a.attnum = k)
            from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
            where c.relnamespace = 'synchealth'::regnamespace and x.indisunique
            """);
        Assert.NotEmpty(keys);
        Assert.Empty(keys.Where(key => !IsReference(key.Table) && !key.Columns.Split(' ').Intersect(Distribution).Any()).Select(key => $"{key.Table}: {key.Index}"));
    }

    [Fact]
    public async Task ForeignKeys_LeadToReferenceTablesOnly()
    {
        var keys = await QueryAsync<(string From, string To)>("select conrelid::regclass::text, confrelid::regclass::text from pg_constraint where contype = 'f' and connamespace = 'synchealth'::regnamespace");
        Assert.NotEmpty(keys);
        Assert.Empty(keys.Where(key => !IsReference(key.To.Replace("synchealth.", "", StringComparison.Ordinal))).Select(key => $"{key.From} → {key.To}"));
    }

    /// <summary>What Citus cannot distribute at all: triggers on tables, exclusion constraints, identity columns of distributed tables.</summary>
    [Fact]
    public async Task DistributedTables_HaveNothingThatCitusRefuses()
    {
        var refused = await QueryAsync<(string Table, string What)>("""
            select c.relname::text, 'trigger ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = 'synchealth'::regnamespace and not t.tgisinternal
            union all
            select c.relname::text, 'exclusion ' || x.conname from pg_constraint x join pg_class c on c.oid = x.conrelid where c.relnamespace = 'synchealth'::regnamespace and x.contype = 'x'
            union all
            select c.relname::text, 'identity ' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace = 'synchealth'::regnamespace and a.attidentity <> ''
            """);
        Assert.Empty(refused.Where(row => !IsReference(row.Table)).Select(row => $"{row.Table}: {row.What}"));
    }

    private static bool IsReference(string table) =>
        Reference.Contains(table) || ReferencePrefixes.Any(prefix => table.StartsWith(prefix, StringComparison.Ordinal));

    private async Task<Dictionary<string, HashSet<string>>> ColumnsAsync() =>
        (await QueryAsync<(string Table, string Column)>("""
            select c.relname::text, a.attname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
            where c.relnamespace = 'synchealth'::regnamespace and c.relkind in ('r', 'p')
            """)).GroupBy(row => row.Table).ToDictionary(table => table.Key, table => table.Select(row => row.Column).ToHashSet());

    private async Task<List<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<T>(sql)).AsList();
    }
}
