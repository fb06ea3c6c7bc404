# Cairn: everything that is built, run and graded.  `make help` lists the targets.
#
#   LAB=2-paging     the lab whose tests are linked
#   IMPL=labs        where that lab's piece comes from: labs or solutions
#   OWN="1-frames"   further labs whose piece is the student's own, not ours
#   ALLOCATOR=list   that lab's solution, and the kernel shows what it can do
#   CC, HOST_CC      the compiler of the kernel and that of host programs
#   IMAGE=dir        where the linked kernel and the host programs go

MAKEFLAGS += --no-builtin-rules
.DEFAULT_GOAL := help
.SUFFIXES:
.SECONDARY:
.DELETE_ON_ERROR:

ifeq ($(origin CC),default)
CC := gcc
endif
HOST_CC ?= gcc
LAB ?= 5-list
LABS := $(patsubst labs/%/points,%,$(wildcard labs/*/points))
# Whether somebody named a lab; and its name, should a shell have completed it.
lab_is_given := $(filter command line environment,$(origin LAB))
ALLOCATOR ?=
ifneq ($(ALLOCATOR),)
ALLOCATORS := $(patsubst labs/%/api,%,$(shell grep -l "^void allocator_init" labs/*/api | sort -t / -k 2n))
override LAB := $(filter %-$(ALLOCATOR),$(ALLOCATORS))
ifeq ($(LAB),)
$(error ALLOCATOR is one of $(foreach lab,$(ALLOCATORS),$(lastword $(subst -, ,$(lab)))), not "$(ALLOCATOR)")
endif
IMPL ?= solutions
ARGS ?= cairn
endif
override LAB := $(patsubst labs/%,%,$(patsubst %/,%,$(LAB)))
IMPL ?= labs
OWN ?=

# Where it is built: in a shared installation that one cannot write, in a cache,
# as grader/take/labs.sh says.  A relative path otherwise: blanks in the project's do not
# matter.
BUILD := $(or $(CAIRN_BUILD),$(shell root=.; . grader/take/labs.sh; build_folder; \
	[ "$$build" = ./build ] || echo "$$build"),build)
IMAGE ?= $(BUILD)/image/$(LAB)-$(IMPL)

# What only grades, tests or helps builds nothing here itself, and need not read how.
WITHOUT_BUILDING := help check grade pages gdb doctor demo test clean expected known-lab \
	mutants generated variants others soak hostile flaky mistakes errors litmus evidence bench \
	bench-heap bench-pages leaderboard
ifneq ($(filter-out $(WITHOUT_BUILDING),$(or $(MAKECMDGOALS),help)),)
include kernel/build.mk
endif

# ---- What people type ------------------------------------------------------

.PHONY: $(WITHOUT_BUILDING) known-firmware known-heap-size image host judged qemu qemu-gdb

help:
	@sed -n '/^##/{s/^## \{0,1\}//;s/LABS/$(LABS)/;p;}' Makefile

##  make demo                  boot the finished kernel and grade our solutions
##  make check   LAB=5-list    run your file against its tests on this computer
##  make grade   LAB=5-list    boot your file through GRUB, and give points
##  make pages                 the tests of 8-guard's optional half, without points
##  make qemu    LAB=5-list    the same boot, on your terminal
##  make qemu-gdb LAB=5-list   the same, waiting for a debugger ...
##  make gdb                   ... which this starts in a second terminal
##  make doctor                is everything installed?
##  make clean                 remove what was built
##
##  LAB is one of LABS; check and
##  grade take all labs without it.  Further variables:
##    IMPL=solutions           take our piece instead of yours
##    OWN="2-paging 3-heap"    take these earlier labs' pieces from yours too
##    SEED=7                   the seed of random tests (drawn if not given)
##    TEST=holes FROM=holes    run this test alone, or all from it on; no points
##    ARGS="cairn"             for qemu: the kernel's command line
##    ALLOCATOR=bump           for qemu: show the kernel on our bump, list or blocks
##    HEAP_SIZE=1048576        for qemu: the size of its heap, whole pages
##    FIRMWARE=uefi            for qemu: boot by UEFI, with a graphic screen
##    CC=clang HOST_CC=clang   the compiler of the kernel, and of host programs
##
##  For those who build Cairn, and for instructors who want to trust it:
##    make test                all tests of the project itself
##    make expected LAB=...    a new expected.txt: docs/add-a-lab.md
##    make mutants variants hostile       mistakes, other designs, attacks
##    make mistakes            what a student sees of likely ones: docs/mistakes.md
##    make errors              what tools say of errors with memory: docs/errors.md
##    make litmus              what several processors may read: docs/litmus
##    make generated           of the mistakes, those that a program makes
##    make others              submissions by people who knew nothing but the handouts
##    make soak N=1000         the variants on many seeds
##    make leaderboard FOLDER=...  a folder of submissions of 10-summit, by score
##    make flaky N=300         the same reports again and again, under load
##    make bench               what a boot is, how fast a grading is, and a class
##    make bench-heap          allocators compared: docs/heaps.md; GUEST=1: in the kernel;
##                             LONGEST=1: their longest calls; WRITE=1: into the page
##    make bench-pages         what our page mapper costs: docs/heaps.md
##    make evidence N=300      all of these, as tables: docs/evidence.md; or SECTION=flaky

SEED ?=
ARGS ?= cairn test
FIRMWARE ?= bios
# What a part of the tests is: for grade and for qemu.
TEST ?=
FROM ?=
PART := $(if $(TEST),--test "$(TEST)") $(if $(FROM),--from "$(FROM)")
ISO := $(IMAGE)/cairn$(if $(filter uefi,$(FIRMWARE)),-uefi).iso
GIVEN_LAB := $(if $(lab_is_given),$(LAB))
GRADE = CC="$(CC)" HOST_CC="$(HOST_CC)" grader/grade --impl $(IMPL) \
	$(if $(GIVEN_LAB),--lab $(GIVEN_LAB)) $(if $(OWN),--own "$(OWN)") \
	$(if $(SEED),--seed $(SEED)) $(PART)

image: $(ISO)
host: $(IMAGE)/host
judged: $(IMAGE)/judge $(IMAGE)/player

demo:
	@grader/doctor --install
	@$(MAKE) -s image IMPL=solutions
	@grader/qemu $(BUILD)/image/$(LAB)-solutions/cairn.iso cairn
	@$(MAKE) -s grade IMPL=solutions

# For people: a test that fails is no error of make's, which would comment on it below
# the report.  Of our own solutions it is one.  For programs there is grader/grade.
FAILED_IS_NO_ERROR = $(if $(filter solutions,$(IMPL)),,|| [ $$? -eq 1 ])
check:
	@grader/doctor --quick
	@$(GRADE) --on host $(FAILED_IS_NO_ERROR)

grade:
	@grader/doctor --quick
	@$(GRADE) $(FAILED_IS_NO_ERROR)

# On this computer, and in the kernel.
pages:
	@grader/doctor --quick
	@$(MAKE) -s host image LAB=8-guard IMPL=$(IMPL) OPTIONAL=8-guard/pages \
		IMAGE=$(BUILD)/image/pages LAB_TESTS="$(wildcard labs/8-guard/pages/*.c)"
	@$(BUILD)/image/pages/host
	@grader/qemu $(BUILD)/image/pages/cairn.iso cairn test

# One sentence for a lab that does not exist.
known-lab:
	@[ -f labs/$(LAB)/points ] || { echo "no lab is called \"$(LAB)\"; there are:" \
		$(LABS) >&2; exit 1; }

# UEFI has needs of its own, which --quick names.
known-firmware:
	@case $(FIRMWARE) in \
		bios) ;; \
		uefi) grader/doctor --quick --uefi ;; \
		*) echo "FIRMWARE is bios or uefi, not \"$(FIRMWARE)\"" >&2; exit 1 ;; \
	esac

# A page, or several.
known-heap-size:
	@size='$(HEAP)'; case $${size:=4096} in *[!0-9]* | 0*) size=1 ;; esac; \
	[ $$((size % 4096)) -eq 0 ] || { echo "HEAP_SIZE is a number of bytes," \
		"a multiple of 4096, not \"$(HEAP)\"" >&2; exit 1; }

CHOSEN = --lab $(LAB) $(if $(SEED),--seed "$(SEED)") $(PART)

qemu: known-lab known-firmware known-heap-size image
	@CAIRN_FIRMWARE=$(FIRMWARE) grader/qemu $(CHOSEN) $(ISO) $(ARGS)

qemu-gdb: known-lab known-firmware known-heap-size image
	@CAIRN_BUILD=$(BUILD) CAIRN_FIRMWARE=$(FIRMWARE) grader/qemu --gdb $(CHOSEN) $(ISO) $(ARGS)

gdb:
	@pgrep -f '[q]emu-system-x86_64.* -gdb ' >/dev/null || { \
		echo "Nothing waits for a debugger. First, in another terminal:" \
			"make qemu-gdb LAB=..." >&2; exit 1; }
	@gdb -q -x $(BUILD)/gdb.commands

doctor:
	@grader/doctor

expected:
	@grader/judge/expected $(LAB)

test:
	@grader/doctor --install --tests
	@grader/tests/run

# Evidence that verdicts can be trusted; docs/evidence.md holds the figures.
claims = grader/proof/$(1)$(GIVEN_LAB:%=/%)
mutants:
	@grader/proof/check $(call claims,mutants)
	@grader/proof/generated $(GIVEN_LAB)
generated:
	@grader/proof/generated $(GIVEN_LAB)
variants:
	@grader/proof/check $(call claims,variants)
soak:
	@grader/proof/soak $(or $(N),1000) solutions$(GIVEN_LAB:%=/%) \
		$(call claims,variants)
hostile:
	@grader/proof/check $(call claims,hostile)
mistakes:
	@mkdir -p $(BUILD)
	@grader/proof/mistakes >$(BUILD)/mistakes.md
	@mv $(BUILD)/mistakes.md docs/mistakes.md
errors:
	@mkdir -p $(BUILD)
	@grader/proof/errors >$(BUILD)/errors.md
	@mv $(BUILD)/errors.md docs/errors.md
litmus:
	@mkdir -p $(BUILD)
	@$(HOST_CC) -std=c17 -Wall -Wextra -Werror -O1 docs/litmus/litmus.c -o $(BUILD)/litmus
	@$(BUILD)/litmus
others:
	@grader/proof/check $(call claims,others/right) $(call claims,others/wrong)
flaky:
	@grader/proof/flaky $(or $(N),10)
bench:
	@grader/proof/bench-boot
	@grader/proof/bench $(or $(N),7)
leaderboard:
	@grader/leaderboard "$(FOLDER)"
bench-heap:
	@grader/proof/bench-heap $(if $(GUEST),guest,$(if $(LONGEST),longest,$(if $(WRITE),write)))
bench-pages:
	@grader/proof/bench-pages
evidence:
	@grader/proof/evidence --flaky $(or $(N),10) $(SECTION)

clean:
	rm -rf $(BUILD)
