using Npgsql;
using NpgsqlTypes;
using SyncHealth.Storage.Vitals;

namespace SyncHealth.Testing.Oracle;

/// <summary>Joins a ledger with the database that its events went to. Looks at it directly, never through what is being broken.</summary>
public static class OracleJudge
{
    /// <summary>The codes of <c>event.outcome</c>.</summary>
    private const short Success = 1;
    private const short NoAttempt = 0;

    private const string CreateLedger = """
        create schema if not exists oracle;
        drop table if exists oracle.ledger;
        create unlogged table oracle.ledger (
            number bigint primary key, acknowledged boolean not null, at timestamptz not null, version text not null,
            duration_ms integer not null, queued_items integer not null, retries integer not null, pushed integer not null,
            conflict_count integer not null, bytes_up bigint not null, outcome smallint not null)
        """;

    private const string Copy =
        "copy oracle.ledger (number, acknowledged, at, version, duration_ms, queued_items, retries, pushed, conflict_count, bytes_up, outcome) from stdin (format binary)";

    private const string Judge = """
        with stored as (
            select e.seq, e.device_at, c.app_version, e.duration_ms, e.queued_items, e.retries, e.pushed, e.conflict_count, e.bytes_up, e.outcome
            from synchealth.event e join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)
            join synchealth.app a using (app_id) where a.name = $1
        ), compared as (
            select l.number, row (s.device_at, s.app_version, s.duration_ms, s.queued_items, s.retries, s.pushed, s.conflict_count, s.bytes_up, s.outcome)
                is distinct from row (l.at, l.version, l.duration_ms, l.queued_items, l.retries, l.pushed, l.conflict_count, l.bytes_up, l.outcome) as altered
            from stored s left join oracle.ledger l on l.number = s.seq
        )
        select (select count(*) from oracle.ledger l where l.acknowledged and not exists (select from stored s where s.seq = l.number)),
               count(number) - count(distinct number),
               count(*) filter (where number is not null and altered),
               count(*) filter (where number is null)
        from compared
        """;

    private const string Stored = """
        select count(*) filter (where outcome <> 0), coalesce(sum(pushed) filter (where outcome <> 0), 0), coalesce(sum(bytes_up) filter (where outcome <> 0), 0)
        from synchealth.event e join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)
        join synchealth.app a using (app_id) where a.name = $1
        """;

    /// <summary>The verdict at this moment. Whether an event that is not acknowledged is there is nobody's fault.</summary>
    public static async Task<OracleVerdict> JudgeAsync(Ledger ledger, NpgsqlDataSource dataSource)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using (var create = new NpgsqlCommand(CreateLedger, connection))
            await create.ExecuteNonQueryAsync();
        await WriteAsync(ledger, connection);
        var rows = await ReadAsync(Judge, 4, ledger, connection);
        var stored = await ReadAsync(Stored, 3, ledger, connection);
        var counted = await CountedAsync(ledger, dataSource);
        return new OracleVerdict(rows[0], rows[1], rows[2], rows[3], stored.Zip(counted, (left, right) => Math.Abs(left - right)).Sum());
    }

    private static async Task WriteAsync(Ledger ledger, NpgsqlConnection connection)
    {
        await using var writer = await connection.BeginBinaryImportAsync(Copy);
        foreach (var e in ledger.Events)
        {
            await writer.StartRowAsync();
            await writer.WriteAsync(e.Number);
            await writer.WriteAsync(ledger.IsAcknowledged(e.Number));
            await writer.WriteAsync(e.At.UtcDateTime, NpgsqlDbType.TimestampTz);
            await writer.WriteAsync(e.Version);
            await writer.WriteAsync(e.DurationMs);
            await writer.WriteAsync(e.Queued);
            await writer.WriteAsync(e.Retries);
            await writer.WriteAsync(e.Pushed);
            await writer.WriteAsync(e.Conflicts);
            await writer.WriteAsync(e.BytesUp);
            await writer.WriteAsync(e.IsAttempt ? Success : NoAttempt);
        }

        await writer.CompleteAsync();
    }

    private static async Task<long[]> ReadAsync(string sql, int columns, Ledger ledger, NpgsqlConnection connection)
    {
        // Millions of events on a busy machine take as long as they take.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.Parameters.AddWithValue(ledger.App);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, columns).Select(reader.GetFieldValue<long>)];
    }

    /// <summary>The same figures as every reader sees them.</summary>
    private static async Task<long[]> CountedAsync(Ledger ledger, NpgsqlDataSource dataSource)
    {
        var answer = await new VitalsReader(dataSource).ReadAsync(
            new VitalsQuery
            {
                App = ledger.App,
                From = ledger.Origin.AddDays(-1),
                To = ledger.Origin.AddMinutes(10),
                Now = ledger.Origin.AddMinutes(10),
                Parts = VitalsParts.None,
            },
            CancellationToken.None);
        var points = answer?.Groups.SelectMany(group => group.Points).ToArray() ?? [];
        return [points.Sum(point => point.Attempts), points.Sum(point => point.Pushed), points.Sum(point => point.BytesUp)];
    }
}
