using System.Security.Cryptography;
using System.Text;

namespace SyncHealth.Storage.Migrations;

/// <summary>One numbered <c>.sql</c> file. Immutable once released: its checksum is stored beside its number.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));

    /// <summary>The migrations embedded in this assembly, by number.</summary>
    public static IReadOnlyList<Migration> Embedded()
    {
        var assembly = typeof(Migration).Assembly;
        var prefix = typeof(Migration).Namespace + ".";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && char.IsAsciiDigit(name[prefix.Length]) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => Parse(name[prefix.Length..^".sql".Length], EmbeddedText.Read(assembly, name)))
            .OrderBy(migration => migration.Number)];
    }

    private static Migration Parse(string fileName, string sql)
    {
        var parts = fileName.Split('_', 2);
        return new Migration(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], sql);
    }
}
