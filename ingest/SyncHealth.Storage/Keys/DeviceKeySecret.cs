using System.Security.Cryptography;

namespace SyncHealth.Storage.Keys;

/// <summary>The secret file: 64 hexadecimal digits, readable by its owner only, shared by all roles of an installation.</summary>
public static class DeviceKeySecret
{
    /// <summary>Shorter secrets could be guessed from a leaked database.</summary>
    public const int MinBytes = 16;

    private const int NewSecretBytes = 32;

    /// <summary>Writing 65 bytes takes a millisecond; a busy machine may pause a process for longer.</summary>
    private static readonly TimeSpan CreationTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Reads the secret; creates folder and file when absent.</summary>
    /// <exception cref="InvalidDataException">The file does not hold a secret.</exception>
    public static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
            Create(path);
        var secret = Parse(File.ReadAllText(path).Trim());
        return secret.Length >= MinBytes
            ? secret
            : throw new InvalidDataException($"'{path}' does not hold a device key secret ({MinBytes * 2} hexadecimal digits or more). Restore it from a backup; a new one would disown every known device.");
    }

    private static byte[] Parse(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : [];

    /// <summary>
    /// Written whole under another name and then moved in place, so that nobody reads half a secret. Only who could create the draft moves
    /// it: a move that must not overwrite looks and then renames, and two of them could each believe to be the first.
    /// </summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            using var writer = new StreamWriter(draft, options);
            writer.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NewSecretBytes)));
        }
        catch (IOException) when (File.Exists(draft) || File.Exists(path))
        {
            Await(path, draft);
            return;
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    /// <summary>Another role is writing the secret; a draft that stays a draft was left by one that was killed.</summary>
    private static void Await(string path, string draft)
    {
        if (SpinWait.SpinUntil(() => File.Exists(path), CreationTimeout))
            return;
        File.Delete(draft);
        Create(path);
    }
}
