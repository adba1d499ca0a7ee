using Dapper;
using Npgsql;

namespace SyncHealth.Storage.Writes;

/// <summary>Notices when an app promotes another tag, so that values resolved under the old one are forgotten.</summary>
internal sealed class PromotedTags
{
    /// <summary>How long another tag may go unnoticed, on the real clock: <c>promote_tag</c> leaves an hour for it.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private static readonly string Sql = SqlFile.Beside<PromotedTags>("PromotedTags");

    private IReadOnlyList<(string App, string Tag)> _known = [];
    private long _readAt;

    /// <summary>Whether any app's tag is another than at the last call; asks the database only now and then.</summary>
    public async ValueTask<bool> HaveChangedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Two connections that ask at once only ask twice.
        if (_readAt != 0 && TimeProvider.System.GetElapsedTime(_readAt) < MaxAge)
            return false;
        var tags = (await connection.QueryAsync<(string App, string Tag)>(new CommandDefinition(Sql, cancellationToken: cancellationToken))).AsList();
        _readAt = TimeProvider.System.GetTimestamp();
        if (tags.SequenceEqual(_known))
            return false;
        _known = tags;
        return true;
    }
}
