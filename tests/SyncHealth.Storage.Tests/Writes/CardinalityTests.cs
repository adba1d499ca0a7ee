using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using SyncHealth.Contracts;
using SyncHealth.Storage.Writes;
using SyncHealth.Testing;
using Xunit;

namespace SyncHealth.Storage.Tests.Writes;

/// <summary>An app that invents names fills its own caps: the rest counts as <c>__other__</c>, totals are exact, other apps are not touched.</summary>
public sealed class CardinalityTests : IAsyncLifetime
{
    private const string Other = "__other__";
    private const string Noisy = "noisy";
    private const string Quiet = "quiet";
    private const int Names = 1_200;

    private TestDatabase _database = null!;
    private BatchWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _writer = NewWriter();
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    public static TheoryData<string, int> Dimensions => new()
    {
        { "environment", CardinalityLimits.MaxEnvironments },
        { "app_version", CardinalityLimits.MaxVersions },
        { "os", CardinalityLimits.MaxSystems },
        { "os_version", CardinalityLimits.MaxSystemVersions },
    };

    [Theory]
    [MemberData(nameof(Dimensions))]
    public async Task Write_MoreNamesThanTheCap_CountTogetherUnderOther(string dimension, int cap)
    {
        await WriteAsync(Noisy, 0, Names, (row, name) => row with { Segment = With(row.Segment, dimension, name) });
        await WriteAsync(Quiet, 0, 10, (row, name) => row with { Segment = With(row.Segment, dimension, name) });

        var noisy = await CountByAsync(Noisy, dimension);
        Assert.Equal(cap + 1, noisy.Count);
        Assert.Equal(Names, noisy.Values.Sum());
        Assert.Equal(Names - cap, noisy[Other]);
        Assert.Equal(10, (await CountByAsync(Quiet, dimension)).Count);
    }

    [Fact]
    public async Task Write_NamesOverTheCap_KeepTheirOnesWhenAskedAgain()
    {
        await WriteAsync(Noisy, 0, Names, (row, name) => row with { Segment = row.Segment with { AppVersion = name } });
        var before = await CountByAsync(Noisy, "app_version");

        await using (var another = NewWriter())
            await WriteAsync(another, Noisy, Names, Names, (row, name) => row with { Segment = row.Segment with { AppVersion = name } });

        Assert.Equal(before.ToDictionary(pair => pair.Key, pair => 2 * pair.Value), await CountByAsync(Noisy, "app_version"));
    }

    [Fact]
    public async Task Write_TwoWritersAtOnce_ShareOneCap()
    {
        await using var another = NewWriter();
        await Task.WhenAll(
            WriteAsync(_writer, Noisy, 0, Names, (row, name) => row with { Segment = row.Segment with { AppVersion = "a" + name } }),
            WriteAsync(another, Noisy, Names, Names, (row, name) => row with { Segment = row.Segment with { AppVersion = "b" + name } }));

        var counts = await CountByAsync(Noisy, "app_version");
        Assert.Equal(CardinalityLimits.MaxVersions + 1, counts.Count);
        Assert.Equal(2 * Names, counts.Values.Sum());
    }

    [Fact]
    public async Task Write_MoreErrorCodesThanTheCap_KeepTheirKind()
    {
        await WriteAsync(Noisy, 0, Names, (row, name) => row with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = name });
        await WriteAsync(Quiet, 0, 10, (row, name) => row with { Outcome = SyncOutcome.Failure, ErrorKind = SyncErrorKind.Server, ErrorCode = "q" + name });

        var codes = await QueryAsync<(string Kind, string Code, long Attempts)>(
            "select kind, code, attempts from synchealth.errors(@app, @from, @to, now_at => @to)", Noisy);
        Assert.Equal(CardinalityLimits.MaxErrorCodes + 1, codes.Count);
        Assert.Equal(Names, codes.Sum(code => code.Attempts));
        Assert.Equal(("server", Other, Names - CardinalityLimits.MaxErrorCodes), codes[0]);
        Assert.Equal(10, (await QueryAsync<string>("select code from synchealth.errors(@app, @from, @to, now_at => @to)", Quiet)).Count);
    }

    [Fact]
    public async Task Write_MoreConflictEntitiesThanTheCap_KeepTheirStrategy()
    {
        await WriteAsync(Noisy, 0, Names, (row, name) => row with
        {
            ConflictCount = 1,
            Conflicts = [new ConflictEntry(name, ConflictKind.UpdateUpdate, ConflictStrategy.Lww, ConflictWinner.Remote, 0, 1)],
        });

        // Once from raw events, once from hours.
        foreach (var bounds in (string[])["@from, @to", "date_trunc('hour', @from::timestamptz), date_trunc('hour', @to::timestamptz) + interval '1 hour'"])
        {
            var ways = await QueryAsync<(string Entity, string Strategy, long Conflicts)>(
                $"select entity, strategy, conflicts from synchealth.conflicts(@app, {bounds}, now_at => @to)", Noisy);
            Assert.Equal(CardinalityLimits.MaxConflictEntities + 1, ways.Count);
            Assert.Equal(Names, ways.Sum(way => way.Conflicts));
            Assert.Equal((Other, "lww", Names - CardinalityLimits.MaxConflictEntities), ways[0]);
        }
    }

    [Fact]
    public async Task Write_MoreTagsAndModelsThanTheCaps_CountTogetherUnderOther()
    {
        await WriteProfilesAsync(Noisy, Enumerable.Range(0, Names).Select(i => new DeviceProfile($"model-{i:D4}", $$"""{"key-{{i % 60:D2}}":"v","a-user":"u-{{i:D4}}"}""")));
        await WriteProfilesAsync(Quiet, [new DeviceProfile("model", """{"cohort":"beta","a-user":"me"}""")]);

        var models = await CountByAsync(Noisy, "device_model");
        Assert.Equal((CardinalityLimits.MaxDeviceModels + 1, Names), (models.Count, models.Values.Sum()));
        Assert.Equal(Names - CardinalityLimits.MaxDeviceModels, models[Other]);
        var users = await CountByAsync(Noisy, "tag:a-user");
        Assert.Equal(Names, users.Values.Sum());
        Assert.Equal(CardinalityLimits.MaxTagValues + 1, users.Count);
        var keys = await QueryAsync<string>("select k.name from synchealth.known_name k join synchealth.app a using (app_id) where a.name = @app and dimension = 'tag'", Noisy);
        Assert.Equal(CardinalityLimits.MaxTagKeys, keys.Count);
        Assert.Equal(["beta"], (await CountByAsync(Quiet, "tag:cohort")).Keys);
        Assert.Equal(["me"], (await CountByAsync(Quiet, "tag:a-user")).Keys);
    }

    [Fact]
    public async Task Write_DevicesWithoutTags_AreNamesLikeOthers()
    {
        await WriteProfilesAsync(Quiet, [new DeviceProfile("", "{}"), new DeviceProfile("Pixel 8", "{}"), new DeviceProfile("", """{"cohort":""}""")]);

        Assert.Equal(new Dictionary<string, long> { [""] = 2, ["Pixel 8"] = 1 }, await CountByAsync(Quiet, "device_model"));
        Assert.Equal(new Dictionary<string, long> { [""] = 3 }, await CountByAsync(Quiet, "tag:cohort"));
    }

    [Fact]
    public async Task ResolveProfiles_MoreThanTheCap_OneStandsForTheOthers()
    {
        const string Resolve = """
            select profile_id from synchealth.resolve_profiles(
                array_fill(@app::text, array[9]), (select array_agg('m' || i % 3) from generate_series(0, 8) i), (select array_agg('{"a":"' || i / 3 || '"}') from generate_series(0, 8) i),
                10, 10, 10, max_profiles => 5)
            order by place
            """;
        await WriteAsync(Noisy, 0, 1, (row, _) => row);
        await WriteAsync(Quiet, 0, 1, (row, _) => row);

        var ids = await QueryAsync<int>(Resolve, Noisy);

        // The write made one profile, four more fit.
        Assert.Equal(5, ids.Distinct().Count());
        Assert.Equal(5, ids.Count(id => id == ids.GroupBy(other => other).MaxBy(group => group.Count())!.Key));
        Assert.Equal(ids, await QueryAsync<int>(Resolve, Noisy));
        Assert.Equal(4 + 1, (await QueryAsync<int>(Resolve, Quiet)).Distinct().Count());
        Assert.Equal([6, 6], await QueryAsync<int>("select count(*)::integer from synchealth.app_profile group by app_id", Noisy));
    }

    private static SegmentKey With(SegmentKey segment, string dimension, string name) => dimension switch
    {
        "environment" => segment with { Environment = name },
        "app_version" => segment with { AppVersion = name },
        "os" => segment with { Os = name },
        _ => segment with { OsVersion = name },
    };

    private BatchWriter NewWriter() => new(_database.DataSource, new StorageOptions { GroupDelay = TimeSpan.Zero }, NullLogger<BatchWriter>.Instance);

    private Task WriteAsync(string app, int firstId, int count, Func<EventRow, string, EventRow> name) => WriteAsync(_writer, app, firstId, count, name);

    private static async Task WriteAsync(BatchWriter writer, string app, int firstId, int count, Func<EventRow, string, EventRow> name)
    {
        var events = Enumerable.Range(0, count).Select(i => Some.Event(id: firstId + i) with { DeviceKey = app == Noisy ? 1 : 2, Segment = Some.Segment() with { App = app } })
            .Select((row, i) => name(row, $"name-{i:D4}")).ToArray();
        foreach (var part in events.Chunk(400))
            Assert.Equal(WriteStatus.Committed, (await writer.WriteAsync(Some.Batch(part), CancellationToken.None)).Status);
    }

    private async Task WriteProfilesAsync(string app, IEnumerable<DeviceProfile> profiles)
    {
        var id = 0;
        foreach (var part in profiles.Chunk(2_000))
        {
            var batch = Some.Batch();
            batch.Profiles.Clear();
            batch.Profiles.AddRange(part);
            batch.Events.AddRange(part.Select((_, i) => Some.Event(id: id++) with { DeviceKey = app == Noisy ? 1 : 2, Segment = Some.Segment() with { App = app }, Profile = i }));
            Assert.Equal(WriteStatus.Committed, (await _writer.WriteAsync(batch, CancellationToken.None)).Status);
        }
    }

    private async Task<Dictionary<string, long>> CountByAsync(string app, string dimension) =>
        (await QueryAsync<(string[] Key, long Attempts)>(
            $"select group_key, attempts from synchealth.vitals(@app, @from, @to, null, array['{dimension}'], now_at => @to)", app))
        .ToDictionary(row => row.Key[0], row => row.Attempts);

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, string app)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, new { app, from = Some.Now.AddHours(-1).UtcDateTime, to = Some.Now.UtcDateTime })];
    }
}
