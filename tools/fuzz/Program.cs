using System.Globalization;
using System.Runtime.InteropServices;
using Geometry.Fuzz;

// fuzz NAME [--count N] [--seed S] --root CHECKOUT --scratch FOLDER
string[] names = ["files", "texts", "databases", "kills", "disks", "readers", "sizes"];
if (args.Length == 0 || !names.Contains(args[0]))
{
    Console.Error.WriteLine($"fuzz: expected one of {string.Join(", ", names)}, then --count, --seed, --root and --scratch");
    return 2;
}
string Option(string name, string otherwise) =>
    Array.IndexOf(args, name) is > 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;
long Count(long otherwise) => long.Parse(Option("--count", otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
string name = args[0],
    root = Path.GetFullPath(Option("--root", ".")),
    scratch = Path.GetFullPath(Path.Combine(Option("--scratch", Path.GetTempPath()), "geometry-fuzz-" + name));
int seed = int.Parse(Option("--seed", "1"), CultureInfo.InvariantCulture);
if (Directory.Exists(scratch))
    Directory.Delete(scratch, recursive: true);
Directory.CreateDirectory(scratch);

// Cases that start processes are few and slow: these say how far they came after each.
var campaign = new Campaign(
    name,
    scratch,
    every: name switch
    {
        "kills" or "disks" => 1,
        "databases" => 100,
        "readers" => 10,
        _ => 1000,
    }
);

// One that is stopped says how far it came.
using var stopped = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => campaign.Report());
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => campaign.Report());
switch (name)
{
    case "files":
        FileCampaign.Run(campaign, root, Count(1_000_000), seed);
        break;
    case "texts":
        TextCampaign.Run(campaign, root, Count(100_000), seed);
        break;
    case "databases":
        DatabaseCampaign.Run(campaign, Count(100_000), seed);
        break;
    case "kills":
        KillCampaign.Run(campaign, Count(200), seed);
        break;
    case "disks":
        DiskCampaign.Run(campaign, Count(10), seed);
        break;
    case "sizes":
        SizeCampaign.Run(campaign, root, Count(5));
        break;
    default:
        ReaderCampaign.Run(campaign, root, Count(300), seed);
        break;
}
campaign.Report();
if (campaign.Passed)
    Directory.Delete(scratch, recursive: true);
return campaign.Passed ? 0 : 1;
